using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging.Abstractions;
using Shop.Adapters.Catalog;
using Shouldly;
using Strangler.Sync;
using Strangler.Sync.Applying;
using Strangler.Sync.Reading;
using Strangler.Sync.Status;
using Xunit;

namespace Strangler.UnitTests.Sync;

public sealed class PumpTests : IDisposable
{
    private static readonly Checkpoint At100 = new(new SourceIdentity("1", 1), "strangler", new Lsn(100));

    private readonly FakeStores _stores = new();
    private readonly TransactionQueue _queue = new(capacity: 10);
    private readonly StreamStatus _status = new("catalog");
    private readonly Meters _meters = new();
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
        _meters.Dispose();
    }

    [Fact]
    public async Task Run_TransactionsAreWaiting_OneWriteThenOneAcknowledgementOfTheLastEnd()
    {
        await QueueAsync(7, 110, "1", "2");
        await QueueAsync(8, 120, "2", "3");

        await RunUntilAsync("acknowledged 120");

        _stores.Events.ShouldBe(["read 1 2 3 for 7 8", "written up to 120", "acknowledged 120"]);
    }

    [Fact]
    public async Task Run_SentAgain_IsSkipped()
    {
        await QueueAsync(6, 100, "1");
        await QueueAsync(7, 110, "2");

        await RunUntilAsync("acknowledged 110");

        _stores.Events.ShouldBe(["read 2 for 7", "written up to 110", "acknowledged 110"]);
    }

    [Fact]
    public async Task Run_ValueRefused_TriesAgainWithWhatHasComeSince()
    {
        _stores.OnWrite = write =>
        {
            if (write.Next.End < new Lsn(120))
            {
                _queue.CompleteAsync(Transaction(8, 120, "2"), CancellationToken.None).AsTask().Wait(CancellationToken.None);
                throw new MappingFailedException("product", "1", "currency is empty");
            }
        };
        await QueueAsync(7, 110, "1");

        await RunUntilAsync("acknowledged 120");

        _stores.Events.ShouldBe(["read 1 for 7", "read 1 2 for 7 8", "written up to 120", "acknowledged 120"]);
        _status.State.ShouldBe(StreamState.Following);
    }

    [Fact]
    public async Task Run_TargetGone_EndsWithoutAcknowledgement()
    {
        _stores.OnWrite = _ => throw new TimeoutException("gone");
        await QueueAsync(7, 110, "1");

        await Should.ThrowAsync<TimeoutException>(Pump(fills: []).RunAsync(_stop.Token));

        _stores.Events.ShouldNotContain(what => what.StartsWith("acknowledged", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_Fill_PagesThenVanishedThenFollowing()
    {
        await RunUntilAsync("written up to 100 fill Done  3", FillProgress.Begin("product", 1, 3));

        _stores.Events.Take(8).ShouldBe(
        [
            "read 1 2 for ", "written up to 100 fill Keys 2 2", "acknowledged 100",
            "read 3 for ", "written up to 100 fill Vanished  3", "acknowledged 100",
            "read 9 for ", "written up to 100 fill Done  3",
        ]);
        await WaitAsync(() => _status.State == StreamState.Following);
    }

    [Fact]
    public async Task Run_NothingWaiting_WatermarkFollowsWhatWasReceived()
    {
        var noon = new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
        _stores.Received = new Lsn(150);
        var running = Pump(fills: []).RunAsync(_stop.Token);
        _status.Watermark.Note(noon, new Lsn(150));

        await WaitAsync(() => _status.Watermark.Current == noon);
        _queue.Begin();
        _stores.Received = new Lsn(170);
        _status.Watermark.Note(noon.AddSeconds(1), new Lsn(160));
        await _queue.CompleteAsync(Transaction(9, 165, "1"), _stop.Token);
        await WaitAsync(() => _status.Watermark.Current == noon.AddSeconds(1));

        _stores.Events.ShouldContain("written up to 165");
        running.IsFaulted.ShouldBeFalse();
    }

    [Fact]
    public async Task Run_SourceWritesNothingMore_WatermarkGoesOnAtTheCheckpoint()
    {
        var noon = new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
        _stores.Received = At100.End;
        var running = Pump(fills: []).RunAsync(_stop.Token);

        foreach (var later in new[] { noon, noon.AddSeconds(1), noon.AddSeconds(2) })
        {
            await WaitAsync(() => _status.State == StreamState.Following);
            _status.Watermark.Note(later, At100.End);
            await WaitAsync(() => _status.Watermark.Current == later);
        }

        running.IsFaulted.ShouldBeFalse();
    }

    private async Task RunUntilAsync(string what, params FillProgress[] fills)
    {
        var running = Pump(fills).RunAsync(_stop.Token);
        await WaitAsync(() => running.IsCompleted || _stores.Events.Contains(what, StringComparer.Ordinal));
        running.IsFaulted.ShouldBeFalse();
    }

    private Pump Pump(FillProgress[] fills)
    {
        var fill = new Fill([new ProductMapping()], _stores, _stores, pageSize: 2);
        fill.Resume(fills);
        var stream = new SyncStream("catalog", "strangler", [new ProductMapping()], new StreamPorts(() => _stores, _stores, _stores), _status);
        var runtime = new SyncRuntime(new SyncOptions(), new SyncMeter(_meters), TimeProvider.System, NullLogger.Instance);
        return new Pump(stream, _stores, _queue, fill, At100, runtime);
    }

    private async Task QueueAsync(uint xid, ulong end, params string[] keys)
    {
        _queue.Begin();
        await _queue.CompleteAsync(Transaction(xid, end, keys), _stop.Token);
    }

    private static SourceTransaction Transaction(uint xid, ulong end, params string[] keys) => new(
        xid, new Lsn(end), keys.Select(key => new DirtyKey("product", key)).ToHashSet(), new HashSet<string>(StringComparer.Ordinal));

    private static async Task WaitAsync(Func<bool> condition)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!condition())
        {
            await Task.Delay(5, deadline.Token);
        }
    }

    private sealed class Meters : IMeterFactory
    {
        private readonly List<Meter> _made = [];

        public Meter Create(MeterOptions options)
        {
            var meter = new Meter(options);
            _made.Add(meter);
            return meter;
        }

        public void Dispose() => _made.ForEach(meter => meter.Dispose());
    }
}
