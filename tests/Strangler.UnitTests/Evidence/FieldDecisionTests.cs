using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Strangler.Core.Evidence;
using Xunit;

namespace Strangler.UnitTests.Evidence;

public sealed class FieldDecisionTests
{
    private static readonly NoiseLimits Limits = new(Margin: 0.01);

    [Fact]
    public void Of_TooFewRequests_IsUndeterminedHoweverStrongTheEvidence() => Decide(new PairedCounts(299, 200, 1, 2), Limits).ShouldBe(new FieldDecision(
        FieldStanding.Undetermined,
        "200 of 299 differ on the new side only, 3 between two answers of legacy; 1 more request asked twice must come before it is decided, until then differences are shown"));

    [Fact]
    public void Of_LegacyNeverContradictedItself_ShowsEveryDifference() => Decide(new PairedCounts(300, 1, 0, 0), Limits).ShouldBe(new FieldDecision(
        FieldStanding.Deterministic,
        "1 of 300 differ on the new side only, and legacy answered all 300 twice the same: every difference is shown"));

    [Fact]
    public void Of_NineMoreOnANoisyField_IsARegression() => Decide(new PairedCounts(300, 9, 0, 1), Limits).ShouldBe(new FieldDecision(
        FieldStanding.Regression,
        "9 of 300 differ on the new side only, 0 on legacy only, 1 on both; evidence 102:1, limit 100:1: a regression on a field that is noisy in legacy too"));

    // The bounds of this test and the next come from binomial sums in 50-digit decimals (Python): 0.0558626 and 0.0064522, rounded up.
    [Fact]
    public void Of_EightMore_IsNotYet() => Decide(new PairedCounts(300, 8, 0, 1), Limits).ShouldBe(new FieldDecision(
        FieldStanding.Undetermined,
        "8 of 300 differ on the new side only, 0 on legacy only, 1 on both; evidence 56:1, limit 100:1; "
        + "the new side differs at most 5.587 % more often than legacy itself at 95 % confidence, margin 1 %: not decided, so differences are shown"));

    [Fact]
    public void Of_AsOftenAsLegacyItself_IsNoise() => Decide(new PairedCounts(12_000, 610, 600, 30), Limits).ShouldBe(new FieldDecision(
        FieldStanding.Noise,
        "610 of 12,000 differ on the new side only, 600 on legacy only, 30 on both; "
        + "the new side differs at most 0.646 % more often than legacy itself at 95 % confidence, margin 1 %: noise, folded and counted"));

    [Fact]
    public void Of_RegressionBelowTheMargin_IsStillShown() =>
        Decide(new PairedCounts(1_000_000, 1_000, 500, 0), Limits).Standing.ShouldBe(FieldStanding.Regression);

    [Fact]
    public void Of_ManyFieldsTogether_TakesTheLimitOfTheProcedure()
    {
        var alone = new PairedCounts(400, 9, 0, 1);
        var limit = EBenjaminiHochberg.Limit([PairedEvidence.Log(9, 0), .. Enumerable.Repeat(0.0, 9)], 0.01);

        Decide(alone, Limits with { Evidence = limit }).Standing.ShouldBe(FieldStanding.Undetermined);
        limit.ShouldBe(1000, 1e-9);
    }

    [Fact]
    public void Of_EvidenceBeyondWords_IsCutShort() =>
        Decide(new PairedCounts(9_000, 8_000, 1, 0), Limits).Sentence.ShouldContain("evidence over 1,000,000:1, limit 100:1");

    // Only enough requests, a noisy legacy and a bound below the margin may fold a field.
    [Fact]
    public void Of_AnyCounts_FoldsOnlyWhatIsShownToBeNoise() =>
        Prop.ForAll((from b in Counting.UpTo(4) from c in Counting.UpTo(4) from d in Counting.UpTo(4) from rest in Counting.UpTo(6) select new PairedCounts(b + c + d + rest, b, c, d)).ToArbitrary(), counts =>
            Decide(counts, Limits).Standing != FieldStanding.Noise
            || (counts.Triples >= 300 && counts.LegacyDiffers > 0 && PairedEvidence.Log(counts.NewOnly, counts.LegacyOnly) < Math.Log(100)
                && counts.NewOnly - counts.LegacyOnly < 0.01 * counts.Triples)).Check(Seeded.Config);

    [Fact]
    public void Of_SinglesFarAboveTheNoise_AreARegressionByWeakerEvidence() =>
        Decide(new PairedCounts(1_000, 5, 4, 1), Limits, singles: 20_000, differ: 600).ShouldBe(new FieldDecision(
            FieldStanding.Regression,
            "5 of 1,000 differ on the new side only, 4 on legacy only, 1 on both; of 20,000 requests for which legacy was not asked twice 600 differ, its own noise explains at most "
            + "1.306 % (evidence over 1,000,000:1, limit 100:1): a regression, by the weaker evidence of single answers"));

    [Fact]
    public void Of_SinglesAsOftenAsTheNoise_DecideNothing() =>
        Decide(new PairedCounts(1_000, 5, 4, 1), Limits, singles: 20_000, differ: 110).Standing.ShouldBe(FieldStanding.Undetermined);

    private static FieldDecision Decide(PairedCounts counts, NoiseLimits limits, long singles = 0, long differ = 0) =>
        FieldDecision.Of(new FieldEvidence(default, counts, Alarmed: false) { Singles = singles, SinglesDiffer = differ }, limits);
}
