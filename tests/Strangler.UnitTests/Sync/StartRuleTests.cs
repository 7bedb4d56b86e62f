using Shouldly;
using Strangler.Sync.Applying;
using Strangler.Sync.Reading;
using Xunit;

namespace Strangler.UnitTests.Sync;

public sealed class StartRuleTests
{
    private static readonly SourceIdentity Source = new("7001", 1);
    private static readonly Checkpoint At100 = new(Source, "strangler", new Lsn(100));
    private static readonly SlotState Good = new(new Lsn(100), Lost: false, IsOurs: true);

    [Fact]
    public void WhyRefill_AllFits_GoesOn()
    {
        Why(At100, Source, Good).ShouldBeNull();
        // A source that crashed has forgotten our latest acknowledgements and sends some things again.
        Why(At100, Source, Good with { Confirmed = new Lsn(60) }).ShouldBeNull();
    }

    [Fact]
    public void WhyRefill_SlotStartsAfterTheCheckpoint_IsAGap() =>
        Why(At100, Source, Good with { Confirmed = new Lsn(101) }).ShouldBe("the slot strangler starts at 0/65, after the checkpoint at 0/64");

    [Fact]
    public void WhyRefill_NoCheckpoint_Fills() => Why(null, Source, Good).ShouldBe("the target has no checkpoint");

    [Fact]
    public void WhyRefill_NoSlot_IsAGap() => Why(At100, Source, null).ShouldBe("the source has no slot strangler");

    [Fact]
    public void WhyRefill_SlotLost_IsAGap() => Why(At100, Source, Good with { Lost = true })!.ShouldContain("is lost");

    [Fact]
    public void WhyRefill_OtherCluster_IsAGap() => Why(At100, Source with { SystemId = "7002" }, Good)!.ShouldContain("another cluster");

    [Fact]
    public void WhyRefill_OtherTimeline_IsAGap() => Why(At100, Source with { Timeline = 2 }, Good)!.ShouldContain("timeline 2");

    [Fact]
    public void WhyRefill_OtherSlotName_IsAGap() => Why(At100 with { Slot = "old" }, Source, Good)!.ShouldContain("it was old");

    private static string? Why(Checkpoint? checkpoint, SourceIdentity source, SlotState? slot) =>
        StartRule.WhyRefill(checkpoint, source, "strangler", slot);
}
