using Strangler.Sync.Applying;
using Strangler.Sync.Mapping;
using Strangler.Sync.Reading;

namespace Strangler.UnitTests.Sync;

/// <summary>A source and a target in memory that write down, in order, what the engine does to them.</summary>
internal sealed class FakeStores : IAggregateReader, ITargetWriter, ITargetLedger
{
    private readonly Lock _gate = new();
    private readonly List<string> _events = [];
    private readonly Dictionary<DirtyKey, long> _due = [];

    /// <summary>What happened so far.</summary>
    public IReadOnlyList<string> Events
    {
        get
        {
            lock (_gate)
            {
                return [.. _events];
            }
        }
    }

    /// <summary>Called by each write; throws to make it fail, answers what is refused.</summary>
    public Func<LaneWrite, IReadOnlyList<FailedAggregate>> OnWrite { get; set; } = _ => [];

    /// <summary>The source's columns.</summary>
    public IReadOnlyList<string> Columns { get; set; } = ["products.prod_id integer"];

    /// <summary>The columns as they were when the mapping was begun.</summary>
    public IReadOnlyList<string>? Fingerprint { get; set; } = ["products.prod_id integer"];

    /// <summary>What a snapshot shows: all transactions below 10.</summary>
    public SnapshotView View { get; set; } = SnapshotView.Parse("10:10:");

    /// <summary>Makes an aggregate wait in the target.</summary>
    public void Due(DirtyKey key, long stamp)
    {
        lock (_gate)
        {
            _due[key] = stamp;
        }
    }

    /// <inheritdoc/>
    public Task<SourceRead> ReadAsync(IReadOnlyCollection<DirtyKey> keys, IReadOnlyCollection<uint> transactions, CancellationToken cancellation)
    {
        _ = Happened($"read {Text(keys)} for {string.Join(' ', transactions)}");
        return Task.FromResult(new SourceRead(Gone(keys), new Lsn(0)));
    }

    /// <inheritdoc/>
    Task<ISourceSnapshot> IAggregateReader.SnapshotAsync(CancellationToken cancellation) => Task.FromResult<ISourceSnapshot>(new Snapshot(this));

    /// <inheritdoc/>
    Task<int> IAggregateReader.ActiveAsync(CancellationToken cancellation) => Task.FromResult(0);

    /// <inheritdoc/>
    Task<IReadOnlyList<string>> IAggregateReader.KeysAsync(AggregateMapping mapping, string? after, int limit, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<string>>(after is null ? ["1", "2"] : ["3"]);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> MissingAsync(AggregateMapping mapping, IReadOnlyList<string> keys, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<string>>(["9"]);

    /// <inheritdoc/>
    public Task<long> CountAsync(AggregateMapping mapping, CancellationToken cancellation) => Task.FromResult(3L);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> ColumnsAsync(AggregateMapping mapping, CancellationToken cancellation) => Task.FromResult(Columns);

    /// <inheritdoc/>
    public async Task<WriteOutcome> WriteAsync(LaneWrite write, CancellationToken cancellation)
    {
        await Task.Yield();
        var failed = OnWrite(write);
        lock (_gate)
        {
            foreach (var key in write.Stamps.Keys.Where(key => !write.Deferred.Contains(key)))
            {
                _due.Remove(key);
            }
        }

        var deferred = write.Deferred.Count == 0 ? "" : $" deferred {Text(write.Deferred)}";
        var suspects = write.Suspects.Count == 0 ? "" : $" suspects {Text(write.Suspects)}";
        _ = Happened($"lane {write.Lane} written up to {write.Next.Value}{suspects}{deferred}");
        return new WriteOutcome(0, 0, failed);
    }

    /// <inheritdoc/>
    public Task CloseAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public Task<StreamPosition?> PositionAsync(CancellationToken cancellation) => Task.FromResult<StreamPosition?>(null);

    /// <inheritdoc/>
    public Task BeginAsync(SourceIdentity source, string slot, Lsn at, CancellationToken cancellation) => Happened($"began at {at.Value}");

    /// <inheritdoc/>
    public Task<StreamPosition> TakeOverAsync(int lanes, CancellationToken cancellation) => throw new NotSupportedException();

    /// <inheritdoc/>
    public Task RaiseAsync(long epoch, Lsn low, CancellationToken cancellation) => Happened($"raised to {low.Value}");

    /// <inheritdoc/>
    public Task NoteAsync(IReadOnlyCollection<DirtyKey> keys, Lsn low, CancellationToken cancellation) => Happened($"noted {Text(keys)} up to {low.Value}");

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<DirtyKey, long>> DueAsync(int limit, CancellationToken cancellation)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyDictionary<DirtyKey, long>>(_due.ToDictionary());
        }
    }

    /// <inheritdoc/>
    public Task ReleaseAsync(string entity, CancellationToken cancellation) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<Backlog> BacklogAsync(CancellationToken cancellation) => Task.FromResult(new Backlog(0, 0, 0));

    /// <inheritdoc/>
    public Task<IReadOnlyCollection<DirtyKey>> FailingAsync(CancellationToken cancellation) => Task.FromResult<IReadOnlyCollection<DirtyKey>>([]);

    /// <inheritdoc/>
    public Task WriteFillAsync(FillProgress fill, CancellationToken cancellation) => Happened($"fill {fill.Phase} {fill.LastKey} {fill.Filled}");

    /// <inheritdoc/>
    Task<IReadOnlyList<string>> ITargetLedger.KeysAsync(AggregateMapping mapping, string? after, int limit, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<string>>(["1", "9"]);

    /// <inheritdoc/>
    Task<ITargetSnapshot> ITargetLedger.SnapshotAsync(CancellationToken cancellation) => throw new NotSupportedException();

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>?> FingerprintAsync(AggregateMapping mapping, CancellationToken cancellation) => Task.FromResult(Fingerprint);

    /// <inheritdoc/>
    public Task SetFingerprintAsync(AggregateMapping mapping, IReadOnlyList<string> columns, CancellationToken cancellation) => Task.CompletedTask;

    private static string Text(IEnumerable<DirtyKey> keys) => string.Join(' ', keys.Select(key => key.Key).Order(StringComparer.Ordinal));

    private static List<SourceAggregate> Gone(IEnumerable<DirtyKey> keys) =>
        [.. keys.Select(key => new SourceAggregate(Lanes.Product, key.Key, new SourceRows()))];

    private Task Happened(string what)
    {
        lock (_gate)
        {
            _events.Add(what);
        }

        return Task.CompletedTask;
    }

    private sealed class Snapshot(FakeStores stores) : ISourceSnapshot
    {
        public SnapshotView View => stores.View;

        public Lsn Seen => new(0);

        public string Id => "1";

        public Task<IReadOnlyList<SourceAggregate>> ReadAsync(IReadOnlyCollection<DirtyKey> keys, CancellationToken cancellation)
        {
            _ = stores.Happened($"read {Text(keys)} in a snapshot");
            return Task.FromResult<IReadOnlyList<SourceAggregate>>(Gone(keys));
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
