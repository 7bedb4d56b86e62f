using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging.Abstractions;
using Shop.Adapters.Catalog;
using Strangler.Sync;
using Strangler.Sync.Applying;
using Strangler.Sync.Mapping;
using Strangler.Sync.Reading;
using Strangler.Sync.Reconciling;
using Strangler.Sync.Status;
using Strangler.Sync.Streams;
using Xunit;

namespace Strangler.UnitTests.Sync;

/// <summary>A live stream on stores in memory.</summary>
internal sealed class Lanes : IAsyncDisposable
{
    private static readonly SourceIdentity Source = new("1", 1);

    private readonly Meters _meters = new();
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly StreamInbox _inbox;
    private readonly Dispatcher _dispatcher;
    private readonly StreamContext _stream;
    private readonly StreamPosition _begun;
    private Task _running = Task.CompletedTask;

    /// <summary>A stream of products with these lanes; nothing runs yet.</summary>
    public Lanes(int lanes = 1, bool ordered = false)
    {
        var options = new SyncOptions { Lanes = lanes, FillPage = 2 };
        var runtime = new SyncRuntime(options, new SyncMeter(_meters), TimeProvider.System, NullLogger.Instance);
        Status = new StreamStatus("catalog");
        _stream = new StreamContext("catalog", ordered, [Product], Stores, new TargetPorts(Stores.Target, Stores.Target), Status, new BucketMap([Product]), runtime);
        Status.Pauses = () => _stream.Pauses.All;
        _inbox = new StreamInbox([Product], _stream.Lanes, options, TimeProvider.System);
        _dispatcher = new Dispatcher([_inbox]);
        _begun = Stores.Target.Begin(Source, "strangler", new Lsn(100), lanes);
    }

    /// <summary>The mapping.</summary>
    public static AggregateMapping Product { get; } = new ProductMapping();

    /// <summary>The stores.</summary>
    public FakeStores Stores { get; } = new();

    /// <summary>What happened, without the positions that were noted in between.</summary>
    public IEnumerable<string> Work => Stores.Events.Where(what => !what.StartsWith("raised", StringComparison.Ordinal));

    /// <summary>What the stream says of itself.</summary>
    public StreamStatus Status { get; }

    /// <summary>How far the feed has received.</summary>
    public Lsn Received { get; set; } = new(1);

    /// <summary>The highest position that the source may forget.</summary>
    public Lsn Raised { get; private set; }

    /// <summary>A transaction of products.</summary>
    public static SourceTransaction Transaction(uint xid, ulong end, params string[] keys) => new(
        xid, new Lsn(end), keys.ToDictionary(key => new DirtyKey("product", key), _ => (SourceRows?)null), new HashSet<string>(StringComparer.Ordinal));

    /// <summary>Hands a transaction over.</summary>
    public async Task AddAsync(SourceTransaction transaction)
    {
        _dispatcher.Begin();
        await _dispatcher.CompleteAsync(transaction, _stop.Token);
    }

    /// <summary>Hands a transaction over.</summary>
    public Task AddAsync(uint xid, ulong end, params string[] keys) => AddAsync(Transaction(xid, end, keys));

    /// <summary>A transaction has begun.</summary>
    public void Begin() => _dispatcher.Begin();

    /// <summary>Starts at position 100.</summary>
    /// <param name="fills">The backfills that are known; none means that it is done.</param>
    public async Task StartAsync(params FillProgress[] fills)
    {
        var facts = new SourceFacts(Source, "strangler", new Lsn(100), () => _dispatcher.Settled(Received), _ => Task.CompletedTask);
        var live = new LiveStream(_stream, _inbox, facts);
        FillProgress[] known = fills.Length > 0 ? fills : [new FillProgress("product", Product.Version, FillPhase.Done, null, 0, 0)];
        await Stores.Target.SetFingerprintAsync(Product, ["products.prod_id integer"], _stop.Token);
        await live.PrepareAsync(_begun with { Fills = known }, [], _stop.Token);
        _running = live.RunAsync(low => Raised = low, _stop.Token);
    }

    /// <summary>Waits for a condition while the stream runs; when the stream ends, by that.</summary>
    public async Task WaitAsync(Func<bool> condition)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!condition())
        {
            if (_running.IsFaulted)
            {
                await _running;
            }

            await Task.Delay(5, deadline.Token);
        }
    }

    /// <summary>Waits until something has happened in the stores.</summary>
    public Task WaitForAsync(string what) => WaitAsync(() => Stores.Events.Contains(what, StringComparer.Ordinal));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
        _meters.Dispose();
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
