using Shouldly;
using Strangler.Sync.Applying;
using Strangler.Sync.Reading;
using Strangler.Sync.Streams;
using Xunit;

namespace Strangler.UnitTests.Sync;

public sealed class StartRuleTests : IDisposable
{
    private static readonly SourceIdentity Source = new("7001", 1);
    private static readonly StreamPosition At100 = new(Source, "strangler", new Lsn(100), [], default, 1, []);

    private readonly string _folder = Directory.CreateTempSubdirectory("strangler-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void WhyRefill_AllFits_GoesOn()
    {
        Why(At100, Source, 100).ShouldBeNull();
        // A source that crashed has forgotten our latest acknowledgements and sends some things again.
        Why(At100, Source, 60).ShouldBeNull();
    }

    [Fact]
    public void WhyRefill_SlotStartsAfterThePosition_IsAGap() =>
        Why(At100, Source, 101).ShouldBe("the slot strangler starts at 0/65, after the target's position 0/64");

    [Fact]
    public void WhyRefill_NoPosition_Fills() => Why(null, Source, 100).ShouldBe("the target has no position");

    [Fact]
    public void WhyRefill_OtherCluster_IsAGap() => Why(At100, Source with { SystemId = "7002" }, 100)!.ShouldContain("another cluster");

    [Fact]
    public void WhyRefill_OtherTimeline_IsAGap() => Why(At100, Source with { Timeline = 2 }, 100)!.ShouldContain("timeline 2");

    [Fact]
    public void WhyRefill_OtherSlotName_IsAGap() => Why(At100 with { Slot = "old" }, Source, 100)!.ShouldContain("it was old");

    [Theory]
    [InlineData(100, 200, true)]
    [InlineData(90, 150, true)]
    [InlineData(101, 200, false)]
    [InlineData(100, 149, false)]
    public void WhyRefill_JournalBridgesTheGap_OnlyFromEndToEnd(ulong from, ulong to, bool bridges)
    {
        using var journal = Open();
        journal.Append(Source, new Lsn(from), [new DirtyKey("product", "1")], [], new Lsn(to));

        (StartRule.WhyRefill(At100, Source, "strangler", new Lsn(150), journal) is null).ShouldBe(bridges);
    }

    [Fact]
    public void WhyRefill_JournalOfAnotherSource_DoesNotBridge()
    {
        using var journal = Open();
        journal.Append(Source with { Timeline = 2 }, new Lsn(100), [], [], new Lsn(200));

        StartRule.WhyRefill(At100, Source, "strangler", new Lsn(150), journal).ShouldNotBeNull();
    }

    [Fact]
    public void WhyRefill_JournalOverfull_Refills()
    {
        using var journal = Open(limit: 1);
        journal.Append(Source, new Lsn(100), [new DirtyKey("product", "1"), new DirtyKey("product", "2")], [], new Lsn(200));

        StartRule.WhyRefill(At100, Source, "strangler", new Lsn(150), journal)!.ShouldContain("more aggregates changed");
    }

    private string? Why(StreamPosition? position, SourceIdentity source, ulong start)
    {
        using var journal = Open();
        return StartRule.WhyRefill(position, source, "strangler", new Lsn(start), journal);
    }

    private Journal Open(int limit = 100) => Journal.Open(_folder, "catalog", limit);
}
