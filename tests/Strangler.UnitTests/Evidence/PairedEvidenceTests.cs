using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Strangler.Core.Evidence;
using Xunit;

namespace Strangler.UnitTests.Evidence;

public sealed class PairedEvidenceTests
{
    // E by exact fractions (Python): P(Beta(b+1, c+1) > 1/2) is a sum of binomial coefficients.
    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1, 0, 0.4054651081081645)]
    [InlineData(0, 1, -0.6931471805599453)]
    [InlineData(9, 0, 4.62790967295758)]
    [InlineData(12, 1, 4.499137894067559)]
    [InlineData(20, 5, 3.88198540002084)]
    [InlineData(5, 20, -2.8038143778797213)]
    [InlineData(300, 250, 0.017667203583641822)]
    [InlineData(250, 300, -4.067888890683946)]
    [InlineData(1000, 1000, -3.5750347521729964)]
    [InlineData(3000, 100, 1702.847701021203)]
    [InlineData(0, 1000, -6.90875477931522)]
    public void Log_KnownCounts_IsTheExactValue(long newOnly, long legacyOnly, double expected) =>
        PairedEvidence.Log(newOnly, legacyOnly).ShouldBe(expected, 1e-11 * Math.Max(1, Math.Abs(expected)));

    [Theory]
    [InlineData(0.05, 7)]
    [InlineData(0.01, 9)]
    [InlineData(0.001, 13)]
    public void Log_NewSideAlone_SufficesFromTheKnownCount(double alpha, long enough)
    {
        PairedEvidence.Log(enough, 0).ShouldBeGreaterThanOrEqualTo(-Math.Log(alpha));
        PairedEvidence.Log(enough - 1, 0).ShouldBeLessThan(-Math.Log(alpha));
    }

    // ln E is n times the divergence of the seen direction from one half, less the price of not having known it (half a logarithm of n).
    [Fact]
    public void Log_ABillion_IsANumber()
    {
        var divergence = Math.Log(2) + (0.6 * Math.Log(0.6)) + (0.4 * Math.Log(0.4));

        (PairedEvidence.Log(600_000_000, 400_000_000) / (1e9 * divergence)).ShouldBe(1, 1e-6);
        double.IsFinite(PairedEvidence.Log(1_000_000_000, 0)).ShouldBeTrue();
        double.IsFinite(PairedEvidence.Log(0, 1_000_000_000)).ShouldBeTrue();
    }

    [Fact]
    public void Log_MoreOnTheNewSide_Rises() =>
        Prop.ForAll((from b in Counting.UpTo(6) from c in Counting.UpTo(6) select (b, c)).ToArbitrary(), given =>
            PairedEvidence.Log(given.b + 1, given.c) > PairedEvidence.Log(given.b, given.c)).Check(Seeded.Config);

    [Fact]
    public void Log_MoreOnLegacy_Falls() =>
        Prop.ForAll((from b in Counting.UpTo(6) from c in Counting.UpTo(6) select (b, c)).ToArbitrary(), given =>
            PairedEvidence.Log(given.b, given.c + 1) < PairedEvidence.Log(given.b, given.c)).Check(Seeded.Config);

    // What makes it a fair bet: whichever side the next difference falls on, the mean of the two outcomes is the stake.
    [Fact]
    public void Log_NextDifferenceOnEitherSide_KeepsTheMeanUnderTheNull() =>
        Prop.ForAll((from b in Counting.UpTo(3) from c in Counting.UpTo(3) select (b, c)).ToArbitrary(), given =>
        {
            var now = PairedEvidence.Log(given.b, given.c);
            var mean = (Math.Exp(PairedEvidence.Log(given.b + 1, given.c) - now) + Math.Exp(PairedEvidence.Log(given.b, given.c + 1) - now)) / 2;
            return Math.Abs(mean - 1) < 1e-9;
        }).Check(Seeded.Config);
}
