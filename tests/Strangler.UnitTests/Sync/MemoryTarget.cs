using Strangler.Sync.Applying;
using Strangler.Sync.Mapping;
using Strangler.Sync.Reading;
using Strangler.Sync.Streams;

namespace Strangler.UnitTests.Sync;

/// <summary>A target in memory, which keeps the same contracts as PostgreSQL and tells what happens to it. It has no time: what failed is never due.</summary>
internal sealed class MemoryTarget(Action<string> happened) : ITargetWriter, ITargetLedger
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, (int Version, IReadOnlyList<string> Columns)> _fingerprints = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, FillProgress> _fills = new(StringComparer.Ordinal);
    private readonly Dictionary<DirtyKey, byte[]> _applied = [];
    private readonly Dictionary<DirtyKey, Waiting> _waiting = [];
    private StreamPosition? _at;
    private long _stamps;

    private enum Reason
    {
        Due,
        Paused,
        MayPass,
        DeadLetter,
    }

    /// <summary>Called by each write; throws to make it fail, answers what is refused.</summary>
    public Func<LaneWrite, IReadOnlyList<FailedAggregate>> OnWrite { get; set; } = _ => [];

    /// <summary>A new one, as a stream has it.</summary>
    public static TargetPorts Ports()
    {
        var target = new MemoryTarget(_ => { });
        return new TargetPorts(target, target);
    }

    /// <summary>Begins at a position, and is taken over.</summary>
    public StreamPosition Begin(SourceIdentity source, string slot, Lsn at, int lanes)
    {
        lock (_gate)
        {
            Reset(source, slot, at);
            return TakeOver(lanes);
        }
    }

    /// <summary>Makes it have an aggregate already.</summary>
    public void Add(DirtyKey key)
    {
        lock (_gate)
        {
            _applied[key] = [];
        }
    }

    /// <inheritdoc/>
    public async Task<WriteOutcome> WriteAsync(LaneWrite write, CancellationToken cancellation)
    {
        await Task.Yield();
        IReadOnlyList<FailedAggregate> failed = [.. write.Failed, .. OnWrite(write)];
        lock (_gate)
        {
            if (_at is null || _at.Epoch != write.Epoch || _at.Lanes[write.Lane] != write.Expected)
            {
                throw new StalePositionException("catalog");
            }

            if (write.AllOrNothing && failed is [var first, ..])
            {
                throw new AggregateRefusedException(first);
            }

            var keys = failed.Select(failure => failure.Id).ToHashSet();
            var outcomes = write.Aggregates.Where(aggregate => !keys.Contains(aggregate.Id)).Select(Apply).ToList();
            foreach (var key in _waiting.Keys.Where(key => IsDone(key, write) && !keys.Contains(key) && !write.Deferred.Contains(key)).ToList())
            {
                _waiting.Remove(key);
            }

            foreach (var key in write.Deferred)
            {
                Wait(key, Reason.Paused);
            }

            foreach (var failure in failed)
            {
                Wait(failure.Id, failure.MayPass ? Reason.MayPass : Reason.DeadLetter);
            }

            _at = _at with { Lanes = [.. _at.Lanes.Select((lsn, lane) => lane == write.Lane ? write.Next : lsn)] };
            var deferred = write.Deferred.Count == 0 ? "" : $" deferred {FakeStores.Text(write.Deferred)}";
            var suspects = write.Suspects.Count == 0 ? "" : $" suspects {FakeStores.Text(write.Suspects)}";
            happened($"lane {write.Lane} written up to {write.Next.Value}{suspects}{deferred}");
            return new WriteOutcome(outcomes.Count(isWritten => isWritten), outcomes.Count(isWritten => !isWritten), failed);
        }
    }

    /// <inheritdoc/>
    public Task CloseAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public Task<StreamPosition?> PositionAsync(CancellationToken cancellation) => Locked(() => _at is null ? null : _at with { Fills = [.. _fills.Values] });

    /// <inheritdoc/>
    public Task BeginAsync(SourceIdentity source, string slot, Lsn at, CancellationToken cancellation) => Locked(() =>
    {
        Reset(source, slot, at);
        happened($"began at {at.Value}");
        return true;
    });

    /// <inheritdoc/>
    public async Task<StreamPosition> TakeOverAsync(int lanes, CancellationToken cancellation) => await Locked(() => TakeOver(lanes));

    /// <inheritdoc/>
    public async Task RaiseAsync(long epoch, Lsn low, CancellationToken cancellation) => await Locked(() =>
    {
        _at = _at is { } at && at.Epoch == epoch && at.Low <= low ? at with { Low = low } : throw new StalePositionException("catalog");
        happened($"raised to {low.Value}");
        return true;
    });

    /// <inheritdoc/>
    public Task NoteAsync(IReadOnlyCollection<DirtyKey> keys, Lsn low, CancellationToken cancellation) => Locked(() =>
    {
        foreach (var key in keys)
        {
            Wait(key, Reason.Due);
        }

        _at = _at is not { } at ? null : at with
        {
            Low = Lsn.Max(at.Low, low),
            Lanes = [.. at.Lanes.Select(lsn => Lsn.Max(lsn, low))],
            RereadUntil = Lsn.Max(at.RereadUntil, low),
            Epoch = at.Epoch + 1,
        };
        happened($"noted {FakeStores.Text(keys)} up to {low.Value}");
        return true;
    });

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<DirtyKey, long>> DueAsync(int limit, CancellationToken cancellation) => Locked(IReadOnlyDictionary<DirtyKey, long> () =>
        _waiting.Where(pair => pair.Value.Reason == Reason.Due).Take(limit).ToDictionary(pair => pair.Key, pair => pair.Value.Stamp));

    /// <inheritdoc/>
    public Task ReleaseAsync(string entity, CancellationToken cancellation) => Locked(() =>
    {
        foreach (var key in _waiting.Where(pair => pair.Value.Reason == Reason.Paused && pair.Key.Entity == entity).Select(pair => pair.Key).ToList())
        {
            Wait(key, Reason.Due);
        }

        return true;
    });

    /// <inheritdoc/>
    public Task<Backlog> BacklogAsync(CancellationToken cancellation) => Locked(() => new Backlog(
        _waiting.Count, Count(reason => reason is Reason.Due or Reason.Paused), Count(reason => reason == Reason.DeadLetter)));

    /// <inheritdoc/>
    public Task<IReadOnlyCollection<DirtyKey>> FailingAsync(CancellationToken cancellation) => Locked(IReadOnlyCollection<DirtyKey> () =>
        [.. _waiting.Where(pair => pair.Value.Reason is Reason.MayPass or Reason.DeadLetter).Select(pair => pair.Key)]);

    /// <inheritdoc/>
    public Task WriteFillAsync(FillProgress fill, CancellationToken cancellation) => Locked(() =>
    {
        _fills[fill.Entity] = fill;
        happened($"fill {fill.Phase} {fill.LastKey} {fill.Filled}");
        return true;
    });

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> KeysAsync(AggregateMapping mapping, string? after, int limit, CancellationToken cancellation) => Locked(IReadOnlyList<string> () =>
        [.. _applied.Keys.Where(key => key.Entity == mapping.Entity).Select(key => key.Key).Order(StringComparer.Ordinal)
            .Where(key => after is null || string.CompareOrdinal(key, after) > 0).Take(limit)]);

    /// <inheritdoc/>
    public Task<ITargetSnapshot> SnapshotAsync(CancellationToken cancellation) => throw new NotSupportedException();

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>?> FingerprintAsync(AggregateMapping mapping, CancellationToken cancellation) => Locked(() =>
        _fingerprints.TryGetValue(mapping.Entity, out var known) && known.Version == mapping.Version ? known.Columns : null);

    /// <inheritdoc/>
    public Task SetFingerprintAsync(AggregateMapping mapping, IReadOnlyList<string> columns, CancellationToken cancellation) => Locked(() =>
        _fingerprints[mapping.Entity] = (mapping.Version, columns));

    private static bool IsDone(DirtyKey key, LaneWrite write, Waiting waiting) =>
        write.Stamps.TryGetValue(key, out var stamp) ? stamp == waiting.Stamp : write.Suspects.Contains(key);

    private bool IsDone(DirtyKey key, LaneWrite write) => IsDone(key, write, _waiting[key]);

    private int Count(Func<Reason, bool> isCounted) => _waiting.Values.Count(waiting => isCounted(waiting.Reason));

    private void Wait(DirtyKey key, Reason reason) => _waiting[key] = new Waiting(reason, ++_stamps);

    private bool Apply(TargetAggregate aggregate)
    {
        if (aggregate.State is null)
        {
            return _applied.Remove(aggregate.Id);
        }

        if (_applied.TryGetValue(aggregate.Id, out var hash) && hash.AsSpan().SequenceEqual(aggregate.Hash))
        {
            return false;
        }

        _applied[aggregate.Id] = aggregate.Hash;
        return true;
    }

    private void Reset(SourceIdentity source, string slot, Lsn at)
    {
        _at = new StreamPosition(source, slot, at, [], default, (_at?.Epoch ?? 0) + 1, []);
        _fills.Clear();
        _waiting.Clear();
    }

    private StreamPosition TakeOver(int lanes)
    {
        var at = _at ?? throw new StalePositionException("catalog");
        _at = at.Lanes.Count == lanes
            ? at with { Epoch = at.Epoch + 1, Lanes = [.. at.Lanes.Select(lsn => Lsn.Max(lsn, at.Low))] }
            : at with
            {
                Epoch = at.Epoch + 1,
                Lanes = [.. Enumerable.Repeat(at.Low, lanes)],
                RereadUntil = at.Lanes.Append(at.Low).Append(at.RereadUntil).Max(),
            };
        return _at with { Fills = [.. _fills.Values] };
    }

    private Task<T> Locked<T>(Func<T> get)
    {
        lock (_gate)
        {
            return Task.FromResult(get());
        }
    }

    private sealed record Waiting(Reason Reason, long Stamp);
}
