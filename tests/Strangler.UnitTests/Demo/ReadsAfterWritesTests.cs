using Shouldly;
using Strangler.Demo.Tour;
using Xunit;

namespace Strangler.UnitTests.Demo;

public sealed class ReadsAfterWritesTests
{
    [Fact]
    public void Without_ReadsRightAfterAnOwnWrite_AreLeftOut()
    {
        AccessEntry[] log = [Entry("a", "GET", 0), Entry("a", "POST", 1), Entry("b", "GET", 1.5), Entry("a", "GET", 2.9), Entry("a", "GET", 3.1)];

        ReadsAfterWrites.Without(log).ShouldBe([log[0], log[2], log[4]]);
    }

    private static AccessEntry Entry(string shopper, string method, double seconds) =>
        new(DateTimeOffset.UnixEpoch.AddSeconds(seconds), method, "/api/products", 200, shopper, IsShadow: false);
}
