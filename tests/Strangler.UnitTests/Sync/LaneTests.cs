using Shouldly;
using Strangler.Core.Adapters;
using Strangler.Sync.Applying;
using Strangler.Sync.Reading;
using Strangler.Sync.Streams;
using Xunit;

namespace Strangler.UnitTests.Sync;

public sealed class LaneTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Run_TransactionsAreWaiting_OneWriteOfThemAll()
    {
        await using var lanes = new Lanes();
        await lanes.AddAsync(7, 110, "1", "2");
        await lanes.AddAsync(8, 120, "2", "3");

        await lanes.StartAsync();
        await lanes.WaitForAsync("raised to 120");

        lanes.Work.ShouldBe(["read 1 2 3 for 7 8", "lane 0 written up to 120"]);
    }

    [Fact]
    public async Task Run_SentAgain_IsSkipped()
    {
        await using var lanes = new Lanes();
        await lanes.AddAsync(6, 100, "1");
        await lanes.AddAsync(7, 110, "2");

        await lanes.StartAsync();
        await lanes.WaitForAsync("raised to 110");

        lanes.Work.ShouldBe(["read 2 for 7", "lane 0 written up to 110"]);
    }

    [Fact]
    public async Task Run_TargetGone_EndsAndNothingIsForgotten()
    {
        await using var lanes = new Lanes();
        lanes.Stores.Target.OnWrite = _ => throw new TimeoutException("gone");
        await lanes.AddAsync(7, 110, "1");
        await lanes.StartAsync();

        await Should.ThrowAsync<TimeoutException>(lanes.WaitAsync(() => false));

        lanes.Raised.ShouldBeLessThan(new Lsn(110));
    }

    [Fact]
    public async Task Run_OneLaneIsSlow_PositionStaysBeforeWhatItHasNotApplied()
    {
        await using var lanes = new Lanes(lanes: 2);
        var (slow, fast) = KeysOfBothLanes();
        using var release = new ManualResetEventSlim();
        lanes.Stores.Target.OnWrite = write =>
        {
            if (write.Lane == 0)
            {
                release.Wait(TestContext.Current.CancellationToken);
            }

            return [];
        };
        await lanes.AddAsync(7, 110, slow);
        await lanes.AddAsync(8, 120, fast);
        await lanes.StartAsync();

        await lanes.WaitForAsync("lane 1 written up to 120");
        await lanes.WaitForAsync("raised to 109");
        lanes.Raised.ShouldBe(new Lsn(109));

        release.Set();
        await lanes.WaitForAsync("raised to 120");
    }

    [Fact]
    public async Task Run_LargeTransactionInPieces_PositionMovesWithTheLastOnly()
    {
        await using var lanes = new Lanes();
        await lanes.StartAsync();
        lanes.Begin();
        await lanes.AddAsync(Lanes.Transaction(7, 120, "1") with { IsLast = false });
        await lanes.WaitForAsync("lane 0 written up to 100");
        await lanes.AddAsync(7, 120, "2");
        await lanes.WaitForAsync("raised to 120");

        lanes.Work.ShouldBe(["read 1 for 7", "lane 0 written up to 100", "read 2 for 7", "lane 0 written up to 120"]);
    }

    [Fact]
    public async Task Run_AggregateFails_IsTriedOnItsOwnNextTime()
    {
        await using var lanes = new Lanes();
        lanes.Stores.Target.OnWrite = write => write.Next == new Lsn(110) ? [new FailedAggregate(new DirtyKey("product", "1"), "23514", "no")] : [];
        await lanes.AddAsync(7, 110, "1", "2");
        await lanes.StartAsync();
        await lanes.WaitForAsync("lane 0 written up to 110");

        await lanes.AddAsync(8, 120, "1", "3");
        await lanes.WaitForAsync("lane 0 written up to 120 suspects 1");
        await lanes.AddAsync(9, 130, "1");
        await lanes.WaitForAsync("lane 0 written up to 130");
    }

    [Fact]
    public async Task Run_ColumnChanged_OnlyItsKindStandsStillAndItsKeysAreNoted()
    {
        await using var lanes = new Lanes();
        lanes.Stores.Columns = ["products.prod_id bigint"];
        await lanes.StartAsync();
        await lanes.AddAsync(7, 110, "1");

        await lanes.WaitForAsync("lane 0 written up to 110 deferred 1");

        lanes.Stores.Events.ShouldNotContain("read 1 for 7");
        lanes.Status.Report(Noon).Paused.ShouldHaveSingleItem().Reason.ShouldStartWith("products.prod_id is bigint, it was integer");
    }

    [Fact]
    public async Task Run_Backfill_PagesThenVanishedThenFollowing()
    {
        await using var lanes = new Lanes();
        lanes.Stores.Target.Add(new DirtyKey("product", "9"));
        await lanes.StartAsync(FillProgress.Begin("product", Lanes.Product.Version, 3));
        await lanes.WaitForAsync("fill Done  3");

        lanes.Work.ShouldBe(
        [
            "read 1 2 for ", "lane 0 written up to 100", "fill Keys 2 2",
            "read 3 for ", "lane 0 written up to 100", "fill Vanished  3",
            "read 9 for ", "lane 0 written up to 100", "fill Done  3",
        ]);
        await lanes.WaitAsync(() => lanes.Status.State == StreamStates.Following);
    }

    [Fact]
    public async Task Run_AggregatesAreDue_AreReadAgain()
    {
        await using var lanes = new Lanes();
        await lanes.Stores.Target.NoteAsync([new DirtyKey("product", "5")], new Lsn(100), TestContext.Current.CancellationToken);
        await lanes.StartAsync();

        await lanes.WaitForAsync("read 5 for ");
    }

    [Fact]
    public async Task Run_NothingWaiting_WatermarkFollowsWhatWasReceived()
    {
        await using var lanes = new Lanes { Received = new Lsn(150) };
        await lanes.StartAsync();
        lanes.Status.Noted(Noon, new Lsn(150));
        await lanes.WaitAsync(() => lanes.Status.Watermark.Current == Noon);

        lanes.Begin();
        lanes.Received = new Lsn(170);
        lanes.Status.Noted(Noon.AddSeconds(1), new Lsn(160));
        await lanes.AddAsync(9, 165, "1");

        await lanes.WaitAsync(() => lanes.Status.Watermark.Current == Noon.AddSeconds(1));
        lanes.Stores.Events.ShouldContain("lane 0 written up to 165");
    }

    [Fact]
    public async Task Run_Ordered_AppliesExactlyWhatTheSnapshotShows()
    {
        await using var lanes = new Lanes(ordered: true);
        lanes.Stores.View = SnapshotView.Parse("8:10:8");
        await lanes.AddAsync(7, 110, "1");
        await lanes.AddAsync(8, 120, "2");
        await lanes.AddAsync(9, 130, "3");
        await lanes.StartAsync();

        await lanes.WaitForAsync("lane 0 written up to 110");
        lanes.Work.ShouldBe(["read 1 3 in a snapshot", "lane 0 written up to 110"]);

        lanes.Stores.View = SnapshotView.Parse("10:10:");
        await lanes.WaitForAsync("lane 0 written up to 120");
    }

    private static (string OfLane0, string OfLane1) KeysOfBothLanes()
    {
        string KeyOf(int lane) => Enumerable.Range(1, 100).Select(number => $"{number}")
            .First(key => LaneHash.LaneOf(new DirtyKey("product", key), 2) == lane);
        return (KeyOf(0), KeyOf(1));
    }
}
