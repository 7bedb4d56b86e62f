using Strangler.Sync.Reading;

namespace Strangler.Sync.Streams;

/// <summary>One connection's worth of following a source: one slot, read once, for all its streams.</summary>
internal sealed class SourceSession(SourceContext source)
{
    private static readonly TimeSpan NoteEvery = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan NudgeAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AcknowledgeEvery = TimeSpan.FromMilliseconds(200);

    private readonly SyncRuntime _runtime = source.Runtime;
    private IReadOnlyList<StreamRunner> _runners = [];

    /// <summary>The runner of a stream; null before it has one.</summary>
    public StreamRunner? RunnerOf(StreamContext stream) => _runners.Count == 0 ? null : _runners[source.Streams.ToList().IndexOf(stream)];

    /// <summary>Runs until cancelled; ends only by an exception.</summary>
    /// <param name="lead">The lead over the source.</param>
    /// <param name="stopping">Ends it.</param>
    public async Task RunAsync(ILead lead, CancellationToken stopping)
    {
        await using var feed = source.Ports.OpenFeed();
        List<StreamInbox> inboxes = [.. source.Streams.Select(stream => new StreamInbox(stream.Mappings, stream.Lanes, _runtime.Options, _runtime.Clock))];
        var dispatcher = new Dispatcher(inboxes);
        var facts = new SourceFacts(
            await feed.IdentifyAsync(stopping),
            source.Slot,
            await StartAsync(feed, stopping),
            () => dispatcher.Settled(feed.Received),
            feed.NudgeAsync,
            feed.IsLog);
        var folder = Path.Combine(_runtime.Options.JournalFolder, source.Slot);
        var journals = source.Streams.Select(stream => Journal.Open(folder, stream.Name, _runtime.Options.JournalKeys)).ToList();
        _runners = [.. source.Streams.Select((stream, index) => new StreamRunner(stream, inboxes[index], journals[index], facts))];
        foreach (var stream in source.Streams)
        {
            // Positions of an ended session may be of another source.
            stream.Status.Watermark.Restart(complete: true);
        }

        try
        {
            // All end, as the reader must have ended before its connection is disposed of.
            await Together.RunAsync(
                ending =>
                [
                    feed.ReadAsync(dispatcher, ending),
                    lead.WatchAsync(ending),
                    NotePositionsAsync(feed, ending),
                    AcknowledgeAsync(feed, ending),
                    new SlotGuard(source, feed, _runners).RunAsync(ending),
                    .. _runners.Select(runner => runner.RunAsync(ending)),
                ],
                stopping);
        }
        finally
        {
            journals.ForEach(journal => journal.Dispose());
        }
    }

    private async Task<Lsn> StartAsync(IChangeFeed feed, CancellationToken cancellation)
    {
        var slot = await feed.SlotAsync(cancellation);
        if (slot is { IsOurs: false })
        {
            throw new SlotTakenException(source.Slot);
        }

        if (slot is { Lost: false })
        {
            return slot.Confirmed;
        }

        _runtime.Log.MakingSlot(source.Name, slot is null ? "there is none" : "the source has removed log that was still needed");
        return await feed.RecreateSlotAsync(cancellation);
    }

    private async Task NotePositionsAsync(IChangeFeed feed, CancellationToken cancellation)
    {
        var nudged = _runtime.Clock.GetUtcNow();
        while (true)
        {
            // The clock first: everything committed before this time lies before the position.
            var now = _runtime.Clock.GetUtcNow();
            var position = await feed.PositionAsync(cancellation);
            var waits = false;
            foreach (var stream in source.Streams)
            {
                stream.Status.Noted(now, position);
                waits |= stream.Status.Watermark.OldestPending is { } oldest && oldest.Position > feed.Received && now - oldest.Time > NudgeAfter;
            }

            source.Status.Position = feed.Received;
            if (waits && now - nudged > NudgeAfter)
            {
                await feed.NudgeAsync(cancellation);
                nudged = now;
            }

            await Task.Delay(NoteEvery, _runtime.Clock, cancellation);
        }
    }

    private async Task AcknowledgeAsync(IChangeFeed feed, CancellationToken cancellation)
    {
        while (true)
        {
            await feed.AcknowledgeAsync(new Lsn(_runners.Min(runner => runner.Low.Value)), cancellation);
            await Task.Delay(AcknowledgeEvery, _runtime.Clock, cancellation);
        }
    }
}
