using Shouldly;
using Strangler.Core.Evidence;
using Xunit;

namespace Strangler.UnitTests.Evidence;

public sealed class PairedCountsTests
{
    [Theory]
    [InlineData(false, false, 0, 0, 0)]
    [InlineData(true, false, 1, 0, 0)]
    [InlineData(false, true, 0, 1, 0)]
    [InlineData(true, true, 0, 0, 1)]
    public void Add_OneRequest_CountsItInItsPlace(bool newDiffers, bool legacyDiffers, long newOnly, long legacyOnly, long both) =>
        default(PairedCounts).Add(newDiffers, legacyDiffers).ShouldBe(new PairedCounts(1, newOnly, legacyOnly, both));

    [Fact]
    public void Add_ToSeenOnes_LeavesThemAsTheyWere()
    {
        var before = new PairedCounts(10, 1, 2, 3);

        before.Add(true, true).ShouldBe(new PairedCounts(11, 1, 2, 4));
        before.ShouldBe(new PairedCounts(10, 1, 2, 3));
        before.LegacyDiffers.ShouldBe(5);
    }
}
