using Shouldly;
using Strangler.Core.Compare;
using Strangler.Core.Evidence;
using Strangler.Proxy.Shadow.Evidence;
using Xunit;

namespace Strangler.UnitTests.Shadow.Evidence;

public sealed class EvidenceBookTests
{
    private static readonly EvidenceKey Key = new("l1", "n1", "r1");
    private static readonly Settlement Equal = new(Outcome.Equal, SettlementReason.FirstLook);
    private static readonly Settlement Different = new(Outcome.Different, SettlementReason.StillDifferent);

    private readonly ManualTimeProvider _time = new();
    private readonly EvidenceBook _book;

    public EvidenceBookTests() => _book = new EvidenceBook(_time);

    [Fact]
    public void Count_TheSameRequestWithinAMinute_CountsOnce()
    {
        for (var i = 0; i < 10; i++) Count("/a", Equal);
        Count("/b", Equal);
        Read().Equal.ShouldBe(2);

        _time.Advance(TimeSpan.FromMinutes(1));
        Count("/a", Equal);
        Read().Equal.ShouldBe(3);
    }

    [Fact]
    public void Count_OneOfManyRepeatsDiffers_CountsAsDifferent()
    {
        Count("/a", Equal);
        Count("/a", Different, "$.price");
        Count("/a", Equal);

        var read = Read();
        (read.Equal, read.Different).ShouldBe((0, 1));
        read.Sets.Single(set => set.Different > 0).Fields!.Select(field => read.Fields[field].Field.Path).ShouldBe(["$.price"]);
    }

    [Fact]
    public void Count_Stale_IsNoEvidence()
    {
        Count("/a", new(Outcome.Stale, SettlementReason.CaughtUpLater), "$.price");

        Read().Compared.ShouldBe(0);
        Read().Fields.ShouldBeEmpty();
    }

    [Fact]
    public void Count_Undetermined_IsKeptWithItsFields()
    {
        Count("/a", new(Outcome.Undetermined, SettlementReason.WatermarkNotPassed), "$.price");

        Read().Sets.Sum(set => set.Undetermined).ShouldBe(1);
    }

    [Fact]
    public void Count_NewBuild_BeginsAnew()
    {
        Count("/a", Different, "$.price");
        Count("/b", Equal, key: Key with { NewBuild = "n2" });

        Read().Different.ShouldBe(0);
        Read().Equal.ShouldBe(1);
    }

    [Fact]
    public void Count_TwoBuildsInTurn_KeepsBothApart()
    {
        for (var i = 0; i < 5; i++)
        {
            Count($"/{i}", Different, "$.price");
            Count($"/{i}", Equal, key: Key with { NewBuild = "n2" });
        }

        Read().Equal.ShouldBe(5);
        Count("/x", Different, "$.price");
        Read().Different.ShouldBe(6);
    }

    [Fact]
    public void Count_NoAnswerAndSoNoBuild_IsTheLastBuilds()
    {
        Count("/a", Equal);
        Count("/b", Different, "answer", Key with { NewBuild = "" });

        (Read().Equal, Read().Different).ShouldBe((1, 1));
    }

    [Fact]
    public void Read_OtherRulesInForce_IsNothing()
    {
        Count("/a", Equal);

        _book.Read("shop", "r2").ShouldBe(MismatchEvidence.None);
        _book.Read("other", "r1").ShouldBe(MismatchEvidence.None);
    }

    [Fact]
    public void Read_AfterAnHour_HasForgotten()
    {
        Count("/a", Equal);
        _time.Advance(TimeSpan.FromMinutes(59));
        Read().Equal.ShouldBe(1);

        _time.Advance(TimeSpan.FromMinutes(1));
        Read().Equal.ShouldBe(0);
    }

    [Fact]
    public void Count_AskedTwice_PairsFieldByField()
    {
        Count("/a", Different, "$.price", control: "$.stock");
        Count("/b", Equal, control: "$.stock");
        Count("/c", Different, "$.stock", control: "$.stock");
        Count("/d", Equal, control: "");
        Count("/e", Equal);

        Counts("$.price").ShouldBe(new PairedCounts(4, 1, 0, 0));
        Counts("$.stock").ShouldBe(new PairedCounts(4, 0, 2, 1));
    }

    [Fact]
    public void Count_LateByLag_PairsNothing()
    {
        Count("/a", new(Outcome.Undetermined, SettlementReason.LagUnknown), "$.price", control: "");

        Counts("$.price").Triples.ShouldBe(0);
    }

    [Fact]
    public void Count_MoreFieldsThanAreToldApart_AreExplainedByNothing()
    {
        for (var i = 0; i <= FieldTable.Limit; i++) Count($"/{i}", Different, $"$.f{i}");

        var read = Read();
        read.Fields.Count.ShouldBe(FieldTable.Limit);
        read.Different.ShouldBe(FieldTable.Limit + 1);
        read.Sets.ShouldContain(set => set.Fields == null && set.Different > 0);
    }

    [Fact]
    public void Count_TolerancesThatAllGoOneWay_AreShownToBeABias()
    {
        for (var i = 0; i < 40; i++) Tolerate($"/{i}", lower: 1, higher: 0, "$.tax");
        for (var i = 0; i < 40; i++) Tolerate($"/r{i}", lower: i % 2, higher: 1 - (i % 2), "$.price");
        for (var i = 0; i < 40; i++) Tolerate($"/b{i}", lower: 1, higher: 1, "$.weight");

        var biases = Read().Biases;
        biases.Where(bias => bias.Alarmed).Select(bias => bias.Field.Path).ShouldBe(["$.tax"]);
        biases.ShouldNotContain(bias => bias.Field.Path == "$.weight");
        biases.Single(bias => bias.Alarmed).Sentence.ShouldStartWith("number at $.tax of GET /things/{id}: 40 of 40 tolerated values are lower on the new side");
    }

    [Fact]
    public void Count_RulesThatHadAnEffect_AreRemembered()
    {
        _book.Count(SampleExchange.Of("/a"), Key, Equal, new Comparison([], Truncated: false) { Hits = [2] }, null);
        _book.Count(SampleExchange.Of("/b"), Key, Equal, new Comparison([], Truncated: false) { Hits = [0, 2] }, null);

        Read().RulesHit.ShouldBe([0, 2]);
    }

    [Fact]
    public void Count_KeyThatListsCouldBePairedBy_IsSuggestedOnce()
    {
        for (var i = 0; i < 3; i++)
            _book.Count(SampleExchange.Of($"/{i}"), Key, Equal, new Comparison([], Truncated: false) { Suggested = [new KeySuggestion("$.items", "sku")] }, null);

        Read().Suggestions.ShouldBe(["{ path: \"$.items\", match-by: [sku] }"]);
    }

    private void Tolerate(string path, int lower, int higher, string where) =>
        _book.Count(SampleExchange.Of(path), Key, Equal, new Comparison([], Truncated: false) { Tolerated = [new Tolerated(where, DifferenceKind.Number, lower, higher)] }, null);

    private MismatchEvidence Read() => _book.Read("shop", "r1");

    private PairedCounts Counts(string path) => Read().Fields.Single(field => field.Field.Path == path).Counts;

    private void Count(string path, Settlement settlement, string? differs = null, EvidenceKey? key = null, string? control = null) =>
        _book.Count(SampleExchange.Of(path), key ?? Key, settlement, At(differs ?? ""), control is null ? null : At(control));

    private static Comparison At(string path) => path.Length == 0 ? Comparison.Same : SampleExchange.Differs(path);
}
