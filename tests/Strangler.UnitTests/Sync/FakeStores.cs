using Strangler.Sync.Mapping;
using Strangler.Sync.Reading;

namespace Strangler.UnitTests.Sync;

/// <summary>A source and a target in memory that write down, in order, what the engine does to them.</summary>
internal sealed class FakeStores : IAggregateReader
{
    private readonly Lock _gate = new();
    private readonly List<string> _events = [];

    public FakeStores() => Target = new MemoryTarget(Happened);

    /// <summary>The target.</summary>
    public MemoryTarget Target { get; }

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

    /// <summary>The source's columns.</summary>
    public IReadOnlyList<string> Columns { get; set; } = ["products.prod_id integer"];

    /// <summary>What a snapshot shows: all transactions below 10.</summary>
    public SnapshotView View { get; set; } = SnapshotView.Parse("10:10:");

    /// <summary>The keys, in order.</summary>
    public static string Text(IEnumerable<DirtyKey> keys) => string.Join(' ', keys.Select(key => key.Key).Order(StringComparer.Ordinal));

    /// <inheritdoc/>
    public Task<SourceRead> ReadAsync(IReadOnlyCollection<DirtyKey> keys, IReadOnlyCollection<uint> transactions, CancellationToken cancellation)
    {
        Happened($"read {Text(keys)} for {string.Join(' ', transactions)}");
        return Task.FromResult(new SourceRead(Gone(keys), new Lsn(0)));
    }

    /// <inheritdoc/>
    public Task<ISourceSnapshot> SnapshotAsync(CancellationToken cancellation) => Task.FromResult<ISourceSnapshot>(new Snapshot(this));

    /// <inheritdoc/>
    public Task<int> ActiveAsync(CancellationToken cancellation) => Task.FromResult(0);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> KeysAsync(AggregateMapping mapping, string? after, int limit, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<string>>(after is null ? ["1", "2"] : ["3"]);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> MissingAsync(AggregateMapping mapping, IReadOnlyList<string> keys, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<string>>(["9"]);

    /// <inheritdoc/>
    public Task<long> CountAsync(AggregateMapping mapping, CancellationToken cancellation) => Task.FromResult(3L);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> ColumnsAsync(AggregateMapping mapping, CancellationToken cancellation) => Task.FromResult(Columns);

    private static List<SourceAggregate> Gone(IEnumerable<DirtyKey> keys) =>
        [.. keys.Select(key => new SourceAggregate(Lanes.Product, key.Key, new SourceRows()))];

    private void Happened(string what)
    {
        lock (_gate)
        {
            _events.Add(what);
        }
    }

    private sealed class Snapshot(FakeStores stores) : ISourceSnapshot
    {
        public SnapshotView View => stores.View;

        public Lsn Seen => new(0);

        public string Id => "1";

        public Task<IReadOnlyList<SourceAggregate>> ReadAsync(IReadOnlyCollection<DirtyKey> keys, CancellationToken cancellation)
        {
            stores.Happened($"read {Text(keys)} in a snapshot");
            return Task.FromResult<IReadOnlyList<SourceAggregate>>(Gone(keys));
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
