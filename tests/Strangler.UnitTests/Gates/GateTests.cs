using Shouldly;
using Strangler.Core.Evidence;
using Strangler.Core.Gates;
using Strangler.Core.Model;
using Xunit;

namespace Strangler.UnitTests.Gates;

public sealed class GateTests
{
    private static readonly GateRules Rules = new(MaxMismatch: 0.001, Confidence: 0.95, MaxP95Ratio: 1.25);
    private static readonly EvidenceField Price = new("GET /p", "$.price", "number");

    [Fact]
    public void Judge_NoRules_PassesAndSaysThatNothingIsDemanded() =>
        Judge(null, GateEvidence.None).ShouldBe(["Pass", "remark: the rules have no gate for it, so nothing is demanded"]);

    [Fact]
    public void Judge_TooFewCompared_SaysHowManyProveIt() => Judge(Rules, Counts(1200, 0)).ShouldBe(["Hold", "mismatch up to 0.249 % at 95 % confidence (0 of 1,200 exchanges of the last hour differ), limit 0.1 %; 2,995 without a difference prove it"]);

    [Fact]
    public void Judge_TooManyDifferences_SaysTheShareAndWhereToLook() => Judge(Rules, Counts(968, 32)).ShouldBe(["RollBack", "mismatch 3.2 % (32 of 1,000 exchanges of the last hour differ), limit 0.1 %; strangler diffs shows them"]);

    // 2 of 1,000 are above 0.1 %, but a true share of 0.036 % would show as many in one of twenty hours.
    [Fact]
    public void Judge_AboveTheLimitByChancePerhaps_Holds() => Judge(Rules, Counts(998, 2))[0].ShouldBe("Hold");

    [Fact]
    public void Judge_EnoughEqualOnes_Passes() => Judge(Rules, Counts(2995, 0)).ShouldBe(["Pass"]);

    [Fact]
    public void Judge_FewerThanDemanded_SaysBothNumbers() => Judge(Rules with { MinCompared = 5000 }, Counts(2995, 0)).ShouldBe(["Hold", "2,995 exchanges of the last hour have a verdict, the rules demand 5,000"]);

    [Fact]
    public void Judge_NewSideSlower_SaysBothNumbers() => Judge(Rules, Counts(5000, 0) with { LegacyP95Ms = 10, NewP95Ms = 20.5 }, Stage.ReadCanary).ShouldBe(["RollBack", "p95 of the new side 20.5 ms is 2.05 times legacy's 10 ms, limit 1.25"]);

    [Fact]
    public void Judge_CanaryWithoutTrafficOnOneSide_Waits() => Judge(Rules, Counts(5000, 0) with { LegacyP95Ms = 10 }, Stage.ReadCanary).ShouldBe(["Hold", "p95 of both sides is not known yet: too few requests in the last hour, limit 1.25 times legacy's"]);

    [Fact]
    public void Judge_NothingKnown_NamesAllThatIsMissing() => Judge(Rules, GateEvidence.None, Stage.ReadCanary).Length.ShouldBe(3);

    [Fact]
    public void Judge_ManyUndetermined_SaysTheirShareAndWhereToLook()
    {
        var evidence = new GateEvidence(new MismatchEvidence(3000, [new FieldSet([0], 0, 200)], [new FieldEvidence(Price, default, Alarmed: false)]), null, null);

        Judge(Rules, evidence).ShouldBe(["Hold", "6.25 % of the exchanges are undetermined (200 of 3,200), limit 5 %; the adapters are behind, or legacy changes while it is asked: strangler status shows the lag"]);
    }

    [Fact]
    public void Judge_ExpiredRule_HoldsHoweverGoodTheRest() =>
        Judge(Rules, Counts(5000, 0) with { ExpiredRules = ["expired"], IdleRules = ["idle"] }).ShouldBe(["Hold", "expired", "remark: idle"]);

    [Fact]
    public void Judge_ToleratedValuesThatAllGoOneWay_Hold()
    {
        var evidence = Counts(5000, 0);
        evidence = evidence with { Mismatch = evidence.Mismatch with { Biases = [new BiasEvidence(Price, Lower: 0, Higher: 40, Alarmed: true), new BiasEvidence(Price, 20, 20, Alarmed: false)] } };

        var said = Judge(Rules, evidence);

        said[0].ShouldBe("Hold");
        said[1..].ShouldHaveSingleItem().ShouldStartWith("number at $.price of GET /p: 40 of 40 tolerated values are higher on the new side");
    }

    [Fact]
    public void Judge_ListThatCouldBePairedByAKey_PassesAndNamesTheRule()
    {
        var evidence = Counts(5000, 0);
        evidence = evidence with { Mismatch = evidence.Mismatch with { Suggestions = ["{ path: \"$.items\", match-by: [sku] }"] } };

        Judge(Rules, evidence).ShouldBe(["Pass", "remark: items of a list are told apart by a field of theirs; this rule would pair them by it: { path: \"$.items\", match-by: [sku] }"]);
    }

    [Fact]
    public void Judge_NewGroups_CountOnlyWhereTheRulesSaySo()
    {
        var evidence = Counts(5000, 0) with { NewGroups = 1 };

        Judge(Rules, evidence).ShouldBe(["Pass"]);
        Judge(Rules with { NoNewGroups = true }, evidence).ShouldBe(
            ["Hold", "1 group of differences nobody has looked at, limit 0; strangler diffs lists them, strangler diffs ack takes note of one"]);
    }

    private static GateEvidence Counts(long equal, long different) => new(
        new MismatchEvidence(equal, [new FieldSet([0], different, 0)], [new FieldEvidence(Price, default, Alarmed: false)]), null, null);

    private static string[] Judge(GateRules? rules, GateEvidence evidence, Stage from = Stage.Shadow)
    {
        var verdict = Gate.Judge(rules, evidence, from);
        return [$"{verdict.Verdict}", .. verdict.Missing, .. verdict.Remarks.Select(remark => $"remark: {remark}")];
    }
}
