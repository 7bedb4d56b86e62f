using System.Globalization;
using Shouldly;
using Strangler.Proxy.Shadow;
using Xunit;

namespace Strangler.UnitTests.Shadow;

public sealed class ShadowSamplerTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.001, 1)]
    [InlineData(0.25, 250)]
    [InlineData(0.333, 333)]
    [InlineData(1, 1000)]
    public void Takes_RequestsWithoutUnit_ExactlyTheShare(double sample, int expected)
    {
        var sampler = new ShadowSampler();

        Enumerable.Range(0, 1000).Count(_ => sampler.Takes("shop", sample, [])).ShouldBe(expected);
    }

    [Fact]
    public void Takes_Unit_IsInOrOutAsAWholeAndInEveryCapability()
    {
        var sampler = new ShadowSampler();
        bool Takes(int unit, string capability) =>
            sampler.Takes(capability, 0.25, string.Create(CultureInfo.InvariantCulture, $"user-{unit}"));

        var taken = Enumerable.Range(0, 2000).Where(unit => Takes(unit, "shop")).ToArray();

        Enumerable.Range(0, 2000).Where(unit => Takes(unit, "cart")).ShouldBe(taken);
        taken.Length.ShouldBeInRange(440, 560);
    }

    [Fact]
    public void Takes_UnitTooLongForABucket_IsCountedLikeNobody() =>
        new ShadowSampler().Takes("shop", 1, new string('x', 10_000)).ShouldBeTrue();
}
