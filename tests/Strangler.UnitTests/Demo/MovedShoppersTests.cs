using Shouldly;
using Strangler.Demo.Tour;
using Xunit;

namespace Strangler.UnitTests.Demo;

public sealed class MovedShoppersTests
{
    [Fact]
    public void CountReturned_EachStaysOnceMoved_None() =>
        MovedShoppers.CountReturned([Read("a", 1), Read("b", 2), Read("c", 9)], [Read("a", 3), Read("b", 4)]).ShouldBe(0);

    [Fact]
    public void CountReturned_OneGoesToAndFro_CountedOnce() =>
        MovedShoppers.CountReturned([Read("a", 4), Read("a", 6), Read("b", 1)], [Read("a", 3), Read("a", 5), Read("b", 2)]).ShouldBe(1);

    private static AccessEntry Read(string shopper, int second) =>
        new(DateTimeOffset.UnixEpoch.AddSeconds(second), "GET", "/api/search", 200, shopper, false);
}
