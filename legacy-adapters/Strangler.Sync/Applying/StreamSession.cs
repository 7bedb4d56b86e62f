using Strangler.Sync.Reading;
using Strangler.Sync.Status;

namespace Strangler.Sync.Applying;

/// <summary>One connection's worth of following: decides where to start, then reads and applies until something fails.</summary>
internal sealed class StreamSession(SyncStream stream, SyncRuntime runtime)
{
    private static readonly TimeSpan NoteEvery = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan NudgeAfter = TimeSpan.FromSeconds(1);

    /// <summary>Runs until cancelled; ends only by an exception.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        await using var feed = stream.Ports.OpenFeed();
        var (checkpoint, fills) = await StartAsync(feed, stopping);
        var fill = new Fill(stream.Mappings, stream.Ports.Reader, stream.Ports.Writer, runtime.Options.FillPage);
        fill.Resume(fills);
        var queue = new TransactionQueue(runtime.Options.QueuedTransactions);
        stream.Status.Watermark.Restart(complete: !fill.IsActive);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        Task[] parts =
        [
            feed.ReadAsync(checkpoint.End, queue, ending.Token),
            new Pump(stream, feed, queue, fill, checkpoint, runtime).RunAsync(ending.Token),
            NotePositionsAsync(feed, ending.Token),
        ];
        var first = await Task.WhenAny(parts);
        // The reader must have ended before its connection is disposed of.
        await ending.CancelAsync();
        await Task.WhenAll(parts).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await first;
    }

    private async Task<(Checkpoint Checkpoint, IReadOnlyList<FillProgress> Fills)> StartAsync(
        IChangeFeed feed, CancellationToken cancellation)
    {
        var source = await feed.IdentifyAsync(cancellation);
        var (checkpoint, fills) = await stream.Ports.Writer.PositionAsync(cancellation);
        var slot = await feed.SlotAsync(cancellation);
        if (slot is { IsOurs: false })
        {
            throw new SlotTakenException(stream.SlotName);
        }

        if (StartRule.WhyRefill(checkpoint, source, stream.SlotName, slot) is not { } reason)
        {
            return (checkpoint!, await WithMissingFillsAsync(fills, cancellation));
        }

        if (checkpoint is null)
        {
            runtime.Log.FirstFill(stream.Name);
        }
        else
        {
            runtime.Meter.Gaps.Add(1, SyncMeter.Tag(stream.Status));
            runtime.Log.Gap(stream.Name, reason);
        }

        var begin = new Checkpoint(source, stream.SlotName, await feed.RecreateSlotAsync(cancellation));
        await stream.Ports.Writer.BeginAsync(begin, cancellation);
        return (begin, await WithMissingFillsAsync([], cancellation));
    }

    /// <summary>A mapping that was never filled, or has a new version, is filled from its beginning.</summary>
    private async Task<IReadOnlyList<FillProgress>> WithMissingFillsAsync(IReadOnlyList<FillProgress> known, CancellationToken cancellation)
    {
        var fills = new List<FillProgress>();
        foreach (var mapping in stream.Mappings)
        {
            var fill = known.FirstOrDefault(fill => fill.Entity == mapping.Entity && fill.Version == mapping.Version);
            fills.Add(fill ?? FillProgress.Begin(
                mapping.Entity, mapping.Version, await stream.Ports.Reader.CountAsync(mapping, cancellation)));
        }

        return fills;
    }

    private async Task NotePositionsAsync(IChangeFeed feed, CancellationToken cancellation)
    {
        var watermark = stream.Status.Watermark;
        var nudged = runtime.Clock.GetUtcNow();
        while (true)
        {
            // The clock first: everything committed before this time lies before the position.
            var now = runtime.Clock.GetUtcNow();
            watermark.Note(now, await feed.PositionAsync(cancellation));
            if (watermark.OldestPending is { } oldest
                && oldest.Position > feed.Received
                && now - oldest.Time > NudgeAfter
                && now - nudged > NudgeAfter)
            {
                await feed.NudgeAsync(cancellation);
                nudged = now;
            }

            await Task.Delay(NoteEvery, runtime.Clock, cancellation);
        }
    }
}
