using Shouldly;
using Strangler.Core.Gates;
using Xunit;

namespace Strangler.UnitTests.Gates;

public sealed class MismatchBoundTests
{
    // One-sided Clopper-Pearson bounds by bisection over exact binomial sums in 60-digit decimals (Python's decimal, math.comb).
    [Theory]
    [InlineData(0, 10, 0.95, 0.258866)]
    [InlineData(0, 2995, 0.95, 0.0009997)]
    [InlineData(1, 100, 0.95, 0.046559)]
    [InlineData(5, 1000, 0.95, 0.010484)]
    [InlineData(5, 1000, 0.99, 0.013055)]
    [InlineData(50, 100, 0.95, 0.586378)]
    public void Upper_KnownCounts_IsTheExactBound(long different, long compared, double confidence, double expected) =>
        MismatchBound.Upper(different, compared, confidence).ShouldBe(expected, 0.00001);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(7, 7)]
    public void Upper_NothingKnownOrAllDifferent_IsOne(long different, long compared) =>
        MismatchBound.Upper(different, compared, 0.95).ShouldBe(1);

    [Theory]
    [InlineData(0.001, 0.95)]
    [InlineData(0.01, 0.99)]
    public void CleanNeeded_ThatManyAndOneLess_AreTheEdgeOfTheProof(double limit, double confidence)
    {
        var clean = MismatchBound.CleanNeeded(limit, confidence);

        MismatchBound.Upper(0, clean, confidence).ShouldBeLessThanOrEqualTo(limit);
        MismatchBound.Upper(0, clean - 1, confidence).ShouldBeGreaterThan(limit);
    }

    [Fact]
    public void Upper_ManyDifferences_StaysANumber() => MismatchBound.Upper(20_000, 10_000_000, 0.95).ShouldBe(0.002023, 0.00001);
}
