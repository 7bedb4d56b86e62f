using System.Diagnostics;
using Npgsql;
using Strangler.Sync.Applying;
using Strangler.Sync.Reading;
using Strangler.Sync.Status;

namespace Strangler.Sync.Streams;

/// <summary>
/// Applies what is waiting, in order: reads the aggregates again, maps, writes them with the lane's position. An aggregate belongs to one
/// lane, so its state in the target never goes back.
/// </summary>
/// <param name="number">Its number.</param>
/// <param name="stream">The stream.</param>
/// <param name="inbox">What waits for it.</param>
/// <param name="start">Where the stream stood when it went live.</param>
/// <param name="drift">Finds out what has changed in the source when it cannot be read.</param>
/// <param name="facts">What is known of the source.</param>
/// <param name="holdAllAsync">Keeps all lanes of the stream from applying anything of their own accord.</param>
internal sealed class Lane(
    int number,
    StreamContext stream,
    LaneInbox inbox,
    StreamPosition start,
    DriftWatch drift,
    SourceFacts facts,
    Func<CancellationToken, Task<IDisposable>> holdAllAsync)
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(25);

    private readonly Turn _turn = new();
    private readonly SyncOptions _options = stream.Runtime.Options;
    private Lsn _rereadUntil = start.RereadUntil;

    /// <summary>Everything of this lane that ended up to here has been applied.</summary>
    public Lsn Position { get; private set; } = start.Lanes[number];

    /// <summary>Runs until cancelled; ends only by an exception.</summary>
    /// <param name="applied">Called after each write.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task RunAsync(Action applied, CancellationToken cancellation)
    {
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var worked = await ApplyInTurnAsync(cancellation);
            applied();
            if (!worked)
            {
                await inbox.WaitAsync(Tick, stream.Runtime.Clock, cancellation);
            }
        }
    }

    /// <summary>Keeps the lane from applying anything of its own accord until the outcome is disposed of.</summary>
    public ValueTask<IDisposable> HoldAsync(CancellationToken cancellation) => _turn.TakeAsync(cancellation);

    /// <summary>Applies, while it is held, exactly what a snapshot of the source shows, as that shows it.</summary>
    public async Task ApplySeenAsync(ISourceSnapshot snapshot, CancellationToken cancellation)
    {
        var slices = inbox.PeekSeen(snapshot.View);
        if (slices.Count > 0)
        {
            // Slices that the snapshot does not show may lie between these: the position stays before them.
            var next = inbox.EndBefore(slices) is { } end ? Lsn.Max(Position, end) : Position;
            await ApplyAsync(slices, work: null, snapshot, next, cancellation);
        }
    }

    /// <summary>Applies, while all lanes are held, aggregates of any lane in one transaction.</summary>
    public Task ApplyTogetherAsync(KeyWork work, CancellationToken cancellation) => ApplyAsync([], work, snapshot: null, Position, cancellation, together: true);

    private async Task<bool> ApplyInTurnAsync(CancellationToken cancellation)
    {
        try
        {
            using var turn = await _turn.TakeAsync(cancellation);
            return await ApplyWaitingAsync(cancellation);
        }
        catch (PostgresException e) when (IsInTheWay(e))
        {
            // Lanes that exchange unique values wait for each other, and would do so again: so this one goes on alone.
            using var hold = await holdAllAsync(cancellation);
            return await ApplyWaitingAsync(cancellation);
        }
    }

    private async Task<bool> ApplyWaitingAsync(CancellationToken cancellation)
    {
        if (stream.IsOrdered && !inbox.IsEmpty)
        {
            await using var snapshot = await stream.Reader.SnapshotAsync(cancellation);
            await facts.SettleAsync(snapshot.Seen, stream.Runtime.Clock, cancellation);
            await ApplySeenAsync(snapshot, cancellation);
        }

        IReadOnlyList<Slice> slices = stream.IsOrdered ? [] : inbox.Peek(_options.MaxKeysPerBatch, _options.MaxTransactionsPerBatch);
        var work = inbox.TakeWork();
        if (slices.Count == 0 && work is null)
        {
            return false;
        }

        try
        {
            var last = slices.LastOrDefault(slice => slice.IsLast);
            await ApplyAsync(slices, work, snapshot: null, last is null ? Position : Lsn.Max(Position, last.End), cancellation);
        }
        catch (PostgresException e) when (IsInTheWay(e) && work is not null)
        {
            inbox.Add(work);
            throw;
        }
        catch
        {
            work?.Cancel();
            throw;
        }

        work?.Complete();
        return true;
    }

    private async Task ApplyAsync(
        IReadOnlyList<Slice> slices, KeyWork? work, ISourceSnapshot? snapshot, Lsn next, CancellationToken cancellation, bool together = false)
    {
        var began = Stopwatch.GetTimestamp();
        LaneBatch batch;
        List<TargetAggregate> mapped = [];
        List<FailedAggregate> failed = [];
        while (true)
        {
            batch = new LaneBatch(slices, work, _rereadUntil, stream.Pauses);
            try
            {
                Mapper.Map(await ReadAsync(batch, snapshot, cancellation), mapped, failed);
                break;
            }
            catch (Exception e) when (IsOfSchema(e) && snapshot is null)
            {
                // Either something now stands still and the rest can be read, or this is thrown on.
                if (!await drift.CheckAllAsync(cancellation))
                {
                    throw;
                }
            }
        }

        Mapper.Map(batch.Images(stream.Mapping), mapped, failed);
        HashSet<DirtyKey> failing = stream.Failing.IsEmpty ? [] : [.. batch.Keys.Where(stream.Failing.Contains)];
        var write = new LaneWrite(
            number, start.Epoch, Position, next, mapped, failed, batch.Deferred, together ? [] : failing, StampsOf(work), stream.IsOrdered);
        var outcome = await stream.Target.Writer.WriteAsync(write, cancellation);
        Position = next;
        inbox.Complete(slices);
        foreach (var entity in batch.Keys.GroupBy(key => key.Entity, key => key.Key, StringComparer.Ordinal))
        {
            stream.Buckets.MarkDirty(entity.Key, entity);
        }

        stream.Failing.Tried(failing, outcome.Failed.Select(failure => failure.Id));
        Report(batch, outcome, Stopwatch.GetElapsedTime(began));
    }

    private async Task<IReadOnlyList<SourceAggregate>> ReadAsync(LaneBatch batch, ISourceSnapshot? snapshot, CancellationToken cancellation)
    {
        if (batch.ToRead.Count == 0)
        {
            return [];
        }

        if (snapshot is not null)
        {
            NoteReread(batch, snapshot.Seen);
            return await snapshot.ReadAsync(batch.ToRead, cancellation);
        }

        var read = await stream.Reader.ReadAsync(batch.ToRead, batch.Transactions, cancellation);
        NoteReread(batch, read.Seen);
        return read.Aggregates;
    }

    // What has been read again may be newer than rows of the log that are still to come.
    private void NoteReread(LaneBatch batch, Lsn seen)
    {
        if (batch.ToRead.Any(key => stream.Mapping(key.Entity).TakesImages))
        {
            _rereadUntil = Lsn.Max(_rereadUntil, seen);
        }
    }

    private void Report(LaneBatch batch, WriteOutcome outcome, TimeSpan took)
    {
        var meter = stream.Runtime.Meter;
        var tags = SyncMeter.Tag(stream.Status);
        stream.Status.Applied(outcome.Written);
        meter.Batch.Record(took.TotalSeconds, tags);
        meter.Transactions.Add(batch.Transactions.Count, tags);
        meter.Aggregates.Add(outcome.Written, [.. tags, new("outcome", "written")]);
        meter.Aggregates.Add(outcome.Equal, [.. tags, new("outcome", "equal")]);
        meter.Aggregates.Add(outcome.Failed.Count, [.. tags, new("outcome", "failed")]);
        foreach (var failure in outcome.Failed.Take(1))
        {
            stream.Runtime.Log.AggregateFailed(stream.Name, failure.Id.Entity, failure.Id.Key, failure.Message, outcome.Failed.Count);
        }
    }

    private static IReadOnlyDictionary<DirtyKey, long> StampsOf(KeyWork? work) => work is { HasStamps: true }
        ? work.Keys
        : System.Collections.Immutable.ImmutableDictionary<DirtyKey, long>.Empty;

    // Most likely another lane.
    private static bool IsInTheWay(PostgresException e) => e.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.LockNotAvailable;

    /// <summary>Whether a table or column may not be what it was: SQLSTATE class 42, or a value of another type.</summary>
    private static bool IsOfSchema(Exception e) => e is PostgresException { SqlState: ['4', '2', ..] } or InvalidCastException or InvalidOperationException;
}
