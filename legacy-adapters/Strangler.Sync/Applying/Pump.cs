using System.Diagnostics;
using Npgsql;
using Strangler.Sync.Reading;
using Strangler.Sync.Status;

namespace Strangler.Sync.Applying;

/// <summary>
/// The one lane of a session: takes what is waiting, reads the aggregates again, maps, writes them with the checkpoint, acknowledges.
/// </summary>
internal sealed class Pump(
    SyncStream stream, IChangeFeed feed, TransactionQueue queue, Fill fill, Checkpoint start, SyncRuntime runtime)
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan IdleCheckpointEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(5);

    private Checkpoint _checkpoint = start;
    private DateTimeOffset _lastWrite = runtime.Clock.GetUtcNow();

    /// <summary>Runs until cancelled; ends only by an exception.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        // A slot that another process reads would be refused: nothing may be written before the feed has answered.
        while (feed.Received == default)
        {
            await Task.Delay(Tick, runtime.Clock, cancellation);
        }

        ReportProgress();
        Task? waiting = null;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var batch = new Batch();
            // This order: what is received now has been taken after the next line if the queue then is idle.
            var received = feed.Received;
            TakeWaiting(batch);
            var idleAt = queue.IsIdle && batch.End is null ? received : default;
            await fill.AddPageAsync(batch, cancellation);
            if (!batch.IsEmpty)
            {
                await ApplyAsync(batch, idleAt, cancellation);
                continue;
            }

            await IdleAsync(idleAt, cancellation);
            waiting = waiting is null or { IsCompleted: true } ? queue.WaitAsync(cancellation) : waiting;
            await Task.WhenAny(waiting, Task.Delay(Tick, runtime.Clock, cancellation));
        }
    }

    private void TakeWaiting(Batch batch)
    {
        while (batch.Keys.Count < runtime.Options.MaxKeysPerBatch
            && batch.Transactions.Count < runtime.Options.MaxTransactionsPerBatch
            && queue.TryTake(out var transaction))
        {
            // Sent once more after a restart of the source, which forgets the latest acknowledgements.
            if (transaction.End > _checkpoint.End)
            {
                batch.Add(transaction, fill.Restart);
            }
        }
    }

    private async Task ApplyAsync(Batch batch, Lsn idleAt, CancellationToken cancellation)
    {
        var retry = new Backoff(FirstRetry, LongestRetry);
        while (true)
        {
            try
            {
                var began = Stopwatch.GetTimestamp();
                await WriteAsync(batch, idleAt, cancellation);
                runtime.Meter.Batch.Record(Stopwatch.GetElapsedTime(began).TotalSeconds, SyncMeter.Tag(stream.Status));
                break;
            }
            catch (Exception e) when (IsOfData(e))
            {
                stream.Status.Stopped(e.Message);
                runtime.Meter.Failures.Add(1, SyncMeter.Tag(stream.Status));
                runtime.Log.DataRefused(stream.Name, e.Message);
                await Task.Delay(retry.Next(), runtime.Clock, cancellation);
                // The source may correct the value, or give away the unique value that another aggregate has taken over, in what comes next.
                TakeWaiting(batch);
            }
        }

        fill.Resume(batch.Fills);
        ReportProgress();
        await feed.AcknowledgeAsync(_checkpoint.End, cancellation);
    }

    private async Task WriteAsync(Batch batch, Lsn idleAt, CancellationToken cancellation)
    {
        IReadOnlyList<SourceAggregate> aggregates = batch.Keys.Count + batch.Transactions.Count == 0
            ? []
            : await stream.Ports.Reader.ReadAsync(batch.Keys, batch.Transactions, cancellation);
        var next = _checkpoint with { End = Lsn.Max(_checkpoint.End, batch.End ?? idleAt) };
        var write = new TargetWrite(_checkpoint, next, [.. aggregates.Select(Mapper.Map)], [.. batch.Fills]);
        var outcome = await stream.Ports.Writer.WriteAsync(write, cancellation);
        _checkpoint = next;
        _lastWrite = runtime.Clock.GetUtcNow();
        stream.Status.Applied(outcome.Written);
        var tags = SyncMeter.Tag(stream.Status);
        runtime.Meter.Transactions.Add(batch.Transactions.Count, tags);
        runtime.Meter.Aggregates.Add(outcome.Written, [.. tags, new("outcome", "written")]);
        runtime.Meter.Aggregates.Add(outcome.Equal, [.. tags, new("outcome", "equal")]);
    }

    /// <summary>Nothing to do: the position may move on all the same, so that the source can forget its log.</summary>
    private async Task IdleAsync(Lsn idleAt, CancellationToken cancellation)
    {
        if (!fill.IsActive)
        {
            // Also when the position stands still: what has been applied to its end was complete at every time noted since.
            stream.Status.Watermark.Applied(Lsn.Max(_checkpoint.End, idleAt));
        }

        if (idleAt > _checkpoint.End && runtime.Clock.GetUtcNow() - _lastWrite >= IdleCheckpointEvery)
        {
            await WriteAsync(new Batch(), idleAt, cancellation);
            await feed.AcknowledgeAsync(_checkpoint.End, cancellation);
        }
    }

    private void ReportProgress()
    {
        stream.Status.Working(fill.IsActive, fill.Filled, fill.ToFill);
        if (fill.IsActive)
        {
            stream.Status.Watermark.Restart(complete: false);
        }
        else
        {
            stream.Status.Watermark.Applied(_checkpoint.End);
        }
    }

    /// <summary>Whether a value is at fault, in the mapping or by a rule of the target; anything else is a fault of the connection.</summary>
    private static bool IsOfData(Exception e) =>
        e is MappingFailedException or PostgresException { SqlState: ['2', '2' or '3', ..] };
}
