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
        var start = await StartAsync(feed, stopping);
        var fill = new Fill(stream.Mappings, stream.Ports.Reader, stream.Ports.Writer, runtime.Options.FillPage);
        fill.Resume(start.Fills);
        var queue = new TransactionQueue(runtime.Options.QueuedTransactions);
        stream.Status.Watermark.Restart(complete: !fill.IsActive);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        Task[] parts =
        [
            feed.ReadAsync(start.Checkpoint!.End, queue, ending.Token),
            new Pump(stream, feed, queue, fill, start.Checkpoint, runtime).RunAsync(ending.Token),
            NotePositionsAsync(feed, ending.Token),
        ];
        var first = await Task.WhenAny(parts);
        // The reader must have ended before its connection is disposed of.
        await ending.CancelAsync();
        await Task.WhenAll(parts).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await first;
    }

    private async Task<StreamPosition> StartAsync(IChangeFeed feed, CancellationToken cancellation)
    {
        var writer = stream.Ports.Writer;
        var source = await feed.IdentifyAsync(cancellation);
        var position = await writer.PositionAsync(cancellation);
        var slot = await feed.SlotAsync(cancellation);
        if (StartRule.WhyRefill(position.Checkpoint, source, stream.SlotName, slot) is { } reason)
        {
            if (position.Checkpoint is null)
            {
                runtime.Log.FirstFill(stream.Name);
            }
            else
            {
                runtime.Meter.Gaps.Add(1, SyncMeter.Tag(stream.Status));
                runtime.Log.Gap(stream.Name, reason);
            }

            var begin = await feed.RecreateSlotAsync(cancellation);
            var checkpoint = new Checkpoint(source, stream.SlotName, begin);
            await writer.BeginAsync(checkpoint, cancellation);
            position = new StreamPosition(checkpoint, Fills: []);
        }

        return await WithMissingFillsAsync(position, cancellation);
    }

    /// <summary>A mapping that was never filled, or has a new version, is filled from its beginning.</summary>
    private async Task<StreamPosition> WithMissingFillsAsync(StreamPosition position, CancellationToken cancellation)
    {
        var fills = new List<FillProgress>();
        foreach (var mapping in stream.Mappings)
        {
            var known = position.Fills.FirstOrDefault(fill => fill.Entity == mapping.Entity);
            fills.Add(known?.Version == mapping.Version
                ? known
                : FillProgress.Begin(mapping.Entity, mapping.Version, await stream.Ports.Reader.CountAsync(mapping, cancellation)));
        }

        return position with { Fills = fills };
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
