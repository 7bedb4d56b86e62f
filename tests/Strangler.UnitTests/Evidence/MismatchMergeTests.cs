using Shouldly;
using Strangler.Core.Evidence;
using Xunit;

namespace Strangler.UnitTests.Evidence;

public sealed class MismatchMergeTests
{
    private static readonly EvidenceField Price = new("GET /p", "$.price", "number");
    private static readonly EvidenceField Views = new("GET /p", "$.views", "number");
    private static readonly EvidenceField Stock = new("GET /s", "$.stock", "number");

    [Fact]
    public void Of_TwoEdges_AddsFieldByFieldAndKeepsWhatATripleOfAnOperationSays()
    {
        var one = new MismatchEvidence(
            10,
            [new FieldSet([0, 1], 1, 0), new FieldSet(null, 2, 0)],
            [new FieldEvidence(Price, new PairedCounts(100, 1, 2, 3), Alarmed: false), new FieldEvidence(Views, new PairedCounts(100, 4, 0, 0), Alarmed: true)])
        {
            Triples = new Dictionary<string, long> { ["GET /p"] = 100 },
            RulesHit = [1],
            Biases = [new BiasEvidence(Price, 5, 1, Alarmed: false)],
        };
        var other = new MismatchEvidence(
            20,
            [new FieldSet([0], 0, 4)],
            [new FieldEvidence(Stock, new PairedCounts(50, 1, 0, 0), Alarmed: false)])
        {
            Triples = new Dictionary<string, long> { ["GET /p"] = 30, ["GET /s"] = 50 },
            RulesHit = [0, 1],
            Biases = [new BiasEvidence(Price, 30, 1, Alarmed: false)],
        };

        var sum = MismatchMerge.Of([one, other]);

        sum.Equal.ShouldBe(30);
        sum.Different.ShouldBe(3);
        sum.Fields.ShouldBe(
        [
            new FieldEvidence(Price, new PairedCounts(130, 1, 2, 3), Alarmed: false),
            new FieldEvidence(Views, new PairedCounts(130, 4, 0, 0), Alarmed: true),
            new FieldEvidence(Stock, new PairedCounts(50, 1, 0, 0), Alarmed: false),
        ]);
        sum.Sets.Select(set => set.Fields is null ? "?" : string.Join(',', set.Fields.Select(field => sum.Fields[field].Field.Path))).ShouldBe(["$.price,$.views", "?", "$.stock"]);
        sum.RulesHit.ShouldBe([0, 1]);
        sum.Biases.ShouldBe([new BiasEvidence(Price, 35, 2, Alarmed: true)]);
    }

    [Fact]
    public void Of_One_IsItself() => MismatchMerge.Of([MismatchEvidence.None]).ShouldBeSameAs(MismatchEvidence.None);
}
