using Shouldly;
using Strangler.Sync.Reading;
using Xunit;

namespace Strangler.UnitTests.Sync;

public sealed class SnapshotViewTests
{
    private const ulong Epoch = 1UL << 32;

    [Theory]
    [InlineData(9u, true)]
    [InlineData(10u, false)]
    [InlineData(11u, true)]
    [InlineData(12u, false)]
    [InlineData(19u, true)]
    [InlineData(20u, false)]
    [InlineData(25u, false)]
    public void Sees_Transaction_AsTheSnapshotSays(uint xid, bool seen) => SnapshotView.Parse("10:20:10,12").Sees(xid).ShouldBe(seen);

    [Fact]
    public void Sees_NothingRunning_SeesAllBefore()
    {
        var view = SnapshotView.Parse("730:730:");
        view.Sees(729).ShouldBeTrue();
        view.Sees(730).ShouldBeFalse();
    }

    [Fact]
    public void Sees_AcrossAnEpoch_ComparesWideNumbers()
    {
        // The counter has just wrapped: 4294967290 is old, 5 is not seen yet.
        var view = SnapshotView.Parse($"{Epoch + 3}:{Epoch + 5}:{Epoch + 3}");
        view.Sees(4294967290).ShouldBeTrue();
        view.Sees(3).ShouldBeFalse();
        view.Sees(4).ShouldBeTrue();
        view.Sees(5).ShouldBeFalse();
    }

    [Theory]
    [InlineData(5u, Epoch + 7, Epoch + 5)]
    [InlineData(4294967295u, Epoch + 7, Epoch - 1)]
    [InlineData(3u, Epoch - 2, Epoch + 3)]
    [InlineData(700u, 731UL, 700UL)]
    public void Widen_LowHalf_IsTheNearest(uint xid, ulong near, ulong wide) => SnapshotView.Widen(xid, near).ShouldBe(wide);
}
