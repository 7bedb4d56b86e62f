using Strangler.Sync.Applying;
using Strangler.Sync.Reading;

namespace Strangler.Sync.Streams;

/// <summary>
/// Brings every aggregate over, page by page, through the same lanes as live changes: first all keys of the source, then those keys of the
/// target that the source does not have any more. It goes on where it was after a restart, and waits while the stream lags or the source is busy.
/// </summary>
internal sealed class Backfill(StreamContext stream, StreamInbox inbox)
{
    // Only keys are compared, and few are missing.
    private const int PagesAtOnceWhenLookingForVanished = 10;
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly Turn _writing = new();
    private readonly Dictionary<string, FillProgress> _progress = new(StringComparer.Ordinal);
    private readonly SyncOptions _options = stream.Runtime.Options;
    private readonly SourceLoad _load = new(stream);
    private ulong? _horizon;
    private bool _visible;

    /// <summary>Whether there is still something to bring over.</summary>
    public bool IsActive
    {
        get
        {
            lock (_gate)
            {
                return _progress.Values.Any(fill => fill.Phase != FillPhase.Done);
            }
        }
    }

    /// <summary>Takes over what has been done so far. A mapping that was never filled, or has a new version, is filled from its beginning.</summary>
    public async Task ResumeAsync(IReadOnlyList<FillProgress> known, CancellationToken cancellation)
    {
        foreach (var mapping in stream.Mappings)
        {
            var fill = known.FirstOrDefault(fill => fill.Entity == mapping.Entity && fill.Version == mapping.Version);
            if (fill is null)
            {
                await RestartAsync(mapping.Entity, cancellation);
            }
            else
            {
                Note(fill);
            }
        }
    }

    /// <summary>Begins a kind of aggregate anew, for good.</summary>
    public async Task RestartAsync(string entity, CancellationToken cancellation)
    {
        var mapping = stream.Mapping(entity);
        // A kind that stands still may have lost the very column that is counted by.
        var count = stream.Pauses.Contains(entity) ? 0 : await stream.Reader.CountAsync(mapping, cancellation);
        await WriteAsync(FillProgress.Begin(entity, mapping.Version, count), before: null, cancellation);
    }

    /// <summary>Runs until cancelled; ends only by an exception.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        while (true)
        {
            if (Next() is { } fill && !await MustWaitAsync(cancellation) && await SeesAllBeforeStartAsync(cancellation))
            {
                var began = stream.Runtime.Clock.GetTimestamp();
                var next = await BringPageAsync(fill, cancellation);
                await WriteAsync(next, before: fill, cancellation);
                await RestAsync(stream.Runtime.Clock.GetElapsedTime(began), cancellation);
            }
            else
            {
                await Task.Delay(LookEvery, stream.Runtime.Clock, cancellation);
            }
        }
    }

    private async Task<FillProgress> BringPageAsync(FillProgress fill, CancellationToken cancellation)
    {
        var mapping = stream.Mapping(fill.Entity);
        if (fill.Phase == FillPhase.Keys)
        {
            var page = await stream.Reader.KeysAsync(mapping, fill.LastKey, _options.FillPage, cancellation);
            await GiveAsync(fill.Entity, page, cancellation);
            var filled = fill.Filled + page.Count;
            return page.Count < _options.FillPage
                ? fill with { Phase = FillPhase.Vanished, LastKey = null, Filled = filled, ToFill = filled }
                : fill with { LastKey = page[^1], Filled = filled };
        }

        var limit = _options.FillPage * PagesAtOnceWhenLookingForVanished;
        var keys = await stream.Target.Ledger.KeysAsync(mapping, fill.LastKey, limit, cancellation);
        await GiveAsync(fill.Entity, keys.Count == 0 ? [] : await stream.Reader.MissingAsync(mapping, keys, cancellation), cancellation);
        return keys.Count < limit ? fill with { Phase = FillPhase.Done } : fill with { LastKey = keys[^1] };
    }

    private Task GiveAsync(string entity, IReadOnlyList<string> keys, CancellationToken cancellation) =>
        KeyWork.GiveAsync(keys.ToDictionary(key => new DirtyKey(entity, key), _ => 0L), hasStamps: false, inbox.Lanes).WaitAsync(cancellation);

    private FillProgress? Next()
    {
        lock (_gate)
        {
            return _progress.Values.FirstOrDefault(fill => fill.Phase != FillPhase.Done && !stream.Pauses.Contains(fill.Entity));
        }
    }

    // Live changes go first, and so does whoever else uses the source.
    private async Task<bool> MustWaitAsync(CancellationToken cancellation)
    {
        var why = inbox.Lanes.Sum(lane => lane.Load) > _options.MaxKeysPerBatch ? "changes of the source go first" : await _load.WhyWaitAsync(cancellation);
        stream.Status.FillWaits(why);
        return why is not null;
    }

    private Task RestAsync(TimeSpan took, CancellationToken cancellation) => _options.FillShare >= 100
        ? Task.CompletedTask
        : Task.Delay(took * ((100.0 - _options.FillShare) / _options.FillShare), stream.Runtime.Clock, cancellation);

    /// <summary>Notes progress for good.</summary>
    /// <param name="fill">The progress.</param>
    /// <param name="before">What it goes on from: when that is not what holds any more, the backfill was begun anew, and that counts.</param>
    /// <param name="cancellation">Ends the wait.</param>
    private async Task WriteAsync(FillProgress fill, FillProgress? before, CancellationToken cancellation)
    {
        using var turn = await _writing.TakeAsync(cancellation);
        if (before is null || ReferenceEquals(_progress.GetValueOrDefault(fill.Entity), before))
        {
            await stream.Target.Ledger.WriteFillAsync(fill, cancellation);
            Note(fill);
        }
    }

    private void Note(FillProgress fill)
    {
        lock (_gate)
        {
            _progress[fill.Entity] = fill;
            stream.Status.Filling(
                _progress.Values.Any(one => one.Phase != FillPhase.Done),
                _progress.Values.Sum(one => one.Filled),
                _progress.Values.Sum(one => one.ToFill),
                stream.Runtime.Clock.GetUtcNow());
        }
    }

    /// <summary>
    /// A transaction that committed before the stream's start is not in it; one that no snapshot shows yet would be missed by both. So the
    /// backfill waits until all that were writing when it began have ended.
    /// </summary>
    private async Task<bool> SeesAllBeforeStartAsync(CancellationToken cancellation)
    {
        if (!_visible)
        {
            await using var snapshot = await stream.Reader.SnapshotAsync(cancellation);
            _horizon ??= snapshot.View.Xmax;
            _visible = snapshot.View.Xmin >= _horizon;
        }

        return _visible;
    }
}
