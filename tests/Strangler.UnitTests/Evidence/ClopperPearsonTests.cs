using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Strangler.Core.Evidence;
using Xunit;

namespace Strangler.UnitTests.Evidence;

public sealed class ClopperPearsonTests
{
    // Sampling tables print the first three as 0.139, 0.216 and 0.283 (20 drawn, 95 %), and 0.3085, 0.4450, 0.8129 and 0.1762 as the upper ends of
    // two-sided 95 % intervals. All digits by bisection over exact binomial sums in 50-digit decimals (Python).
    [Theory]
    [InlineData(0, 20, 0.95, 0.1391083406682652)]
    [InlineData(1, 20, 0.95, 0.2161061642068473)]
    [InlineData(2, 20, 0.95, 0.2826185248858609)]
    [InlineData(0, 10, 0.975, 0.3084971078187608)]
    [InlineData(1, 10, 0.975, 0.4450161170281954)]
    [InlineData(5, 10, 0.975, 0.8129139715526015)]
    [InlineData(10, 100, 0.975, 0.1762225977400227)]
    [InlineData(5, 1000, 0.99, 0.01305542123369019)]
    [InlineData(500, 1_000_000, 0.95, 5.383661633179478e-4)]
    [InlineData(0, 1_000_000_000, 0.95, 2.995732269066785e-9)]
    [InlineData(3, 1_000_000_000, 0.99, 1.004511747944710e-8)]
    [InlineData(300, 1_000_000_000, 0.95, 3.300942440947356e-7)]
    public void Upper_KnownCounts_IsTheExactBound(long differing, long compared, double confidence, double expected) =>
        (ClopperPearson.Upper(differing, compared, confidence) / expected).ShouldBe(1, 1e-9);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(7, 7)]
    public void Upper_NothingKnownOrAllDiffer_IsOne(long differing, long compared) =>
        ClopperPearson.Upper(differing, compared, 0.95).ShouldBe(1);

    // Of so many the bound is the normal one to many digits: 1.6448536 standard errors above the share.
    [Fact]
    public void Upper_HalfOfABillion_IsTheNormalBound() =>
        ClopperPearson.Upper(500_000_000, 1_000_000_000, 0.95).ShouldBe(0.5 + (1.6448536 * 0.5 / Math.Sqrt(1e9)), 1e-9);

    [Theory]
    [InlineData(0.01, 299)]
    [InlineData(0.001, 2_995)]
    [InlineData(0.0001, 29_956)]
    [InlineData(0.000000001, 2_995_732_273)]
    public void CleanNeeded_NinetyFivePercent_IsTheKnownNumber(double limit, long expected) =>
        ClopperPearson.CleanNeeded(limit, 0.95).ShouldBe(expected);

    [Theory]
    [InlineData(0.01, 0.95)]
    [InlineData(0.001, 0.95)]
    [InlineData(0.0001, 0.95)]
    [InlineData(0.01, 0.99)]
    public void CleanNeeded_ThatManyAndOneLess_AreTheEdgeOfTheProof(double limit, double confidence)
    {
        var clean = ClopperPearson.CleanNeeded(limit, confidence);

        ClopperPearson.Upper(0, clean, confidence).ShouldBeLessThanOrEqualTo(limit);
        ClopperPearson.Upper(0, clean - 1, confidence).ShouldBeGreaterThan(limit);
    }

    [Fact]
    public void Upper_MoreCompared_Falls() =>
        Prop.ForAll((from x in Counting.UpTo(4) from more in Counting.UpTo(9) from extra in Counting.UpTo(8) select (x, n: x + more + 1, extra: extra + 1)).ToArbitrary(), given =>
            ClopperPearson.Upper(given.x, given.n + given.extra, 0.95) < ClopperPearson.Upper(given.x, given.n, 0.95)).Check(Seeded.Config);

    [Fact]
    public void Upper_MoreDiffering_Rises() =>
        Prop.ForAll((from x in Counting.UpTo(4) from extra in Counting.UpTo(3) from rest in Counting.UpTo(9) select (x, more: x + extra + 1, n: x + extra + rest + 2)).ToArbitrary(), given =>
            ClopperPearson.Upper(given.more, given.n, 0.95) > ClopperPearson.Upper(given.x, given.n, 0.95)).Check(Seeded.Config);

    [Fact]
    public void Upper_AnyCounts_IsAboveTheSeenShare() =>
        Prop.ForAll((from x in Counting.UpTo(4) from rest in Counting.UpTo(9) select (x, n: x + rest + 1)).ToArbitrary(), given =>
            ClopperPearson.Upper(given.x, given.n, 0.95) > given.x / (double)given.n).Check(Seeded.Config);
}
