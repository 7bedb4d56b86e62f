using Strangler.Sync.Applying;
using Strangler.Sync.Mapping;
using Strangler.Sync.Reading;

namespace Strangler.UnitTests.Sync;

/// <summary>A source and a target in memory that write down, in order, what the engine does to them.</summary>
internal sealed class FakeStores : IChangeFeed, IAggregateReader, ITargetWriter
{
    private readonly Lock _gate = new();
    private readonly List<string> _events = [];

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

    /// <summary>Called by each write; throws to make it fail.</summary>
    public Action<TargetWrite> OnWrite { get; set; } = _ => { };

    /// <inheritdoc/>
    public Lsn Received { get; set; } = new(1);

    /// <inheritdoc/>
    public Task<SourceIdentity> IdentifyAsync(CancellationToken cancellation) => Task.FromResult(new SourceIdentity("1", 1));

    /// <inheritdoc/>
    public Task<SlotState?> SlotAsync(CancellationToken cancellation) => Task.FromResult<SlotState?>(null);

    /// <inheritdoc/>
    public Task<Lsn> RecreateSlotAsync(CancellationToken cancellation) => Task.FromResult(default(Lsn));

    /// <inheritdoc/>
    public Task ReadAsync(Lsn from, TransactionQueue queue, CancellationToken cancellation) => Task.Delay(Timeout.Infinite, cancellation);

    /// <inheritdoc/>
    public Task AcknowledgeAsync(Lsn end, CancellationToken cancellation) => Happened($"acknowledged {end.Value}");

    /// <inheritdoc/>
    public Task<Lsn> PositionAsync(CancellationToken cancellation) => Task.FromResult(Received);

    /// <inheritdoc/>
    public Task NudgeAsync(CancellationToken cancellation) => Task.CompletedTask;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SourceAggregate>> ReadAsync(
        IReadOnlyCollection<DirtyKey> keys, IReadOnlyCollection<uint> transactions, CancellationToken cancellation)
    {
        await Happened($"read {string.Join(' ', keys.Select(key => key.Key).Order(StringComparer.Ordinal))} for {string.Join(' ', transactions)}");
        return [];
    }

    /// <inheritdoc/>
    public Task<SnapshotView> SnapshotAsync(CancellationToken cancellation) => Task.FromResult(SnapshotView.Parse("10:10:"));

    /// <inheritdoc/>
    Task<IReadOnlyList<string>> IAggregateReader.KeysAsync(
        AggregateMapping mapping, string? after, int limit, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<string>>(after is null ? ["1", "2"] : ["3"]);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> MissingAsync(
        AggregateMapping mapping, IReadOnlyList<string> keys, CancellationToken cancellation) => Task.FromResult<IReadOnlyList<string>>(["9"]);

    /// <inheritdoc/>
    public Task<long> CountAsync(AggregateMapping mapping, CancellationToken cancellation) => Task.FromResult(3L);

    /// <inheritdoc/>
    Task<StreamPosition> ITargetWriter.PositionAsync(CancellationToken cancellation) => Task.FromResult(new StreamPosition(null, []));

    /// <inheritdoc/>
    public Task BeginAsync(Checkpoint checkpoint, CancellationToken cancellation) => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task<WriteOutcome> WriteAsync(TargetWrite write, CancellationToken cancellation)
    {
        await Task.Yield();
        OnWrite(write);
        var fills = string.Concat(write.Fills.Select(fill => $" fill {fill.Phase} {fill.LastKey} {fill.Filled}"));
        await Happened($"written up to {write.Next.End.Value}{fills}");
        return new WriteOutcome(0, 0);
    }

    /// <inheritdoc/>
    Task<IReadOnlyList<string>> ITargetWriter.KeysAsync(
        AggregateMapping mapping, string? after, int limit, CancellationToken cancellation) => Task.FromResult<IReadOnlyList<string>>(["1", "9"]);

    private Task Happened(string what)
    {
        lock (_gate)
        {
            _events.Add(what);
        }

        return Task.CompletedTask;
    }
}
