using Strangler.Sync.Reading;

namespace Strangler.Sync.Streams;

/// <summary>Brings what waits for a stream into its journal.</summary>
internal sealed class JournalWriter(StreamContext stream, StreamInbox inbox, Journal journal, SourceFacts facts)
{
    /// <summary>Writes everything that has come in; on disk when it returns.</summary>
    public async Task WriteAsync(CancellationToken cancellation)
    {
        // This order: everything up to here is among what is taken next.
        var settled = facts.Settled();
        var stale = inbox.TakeStale();
        var slices = inbox.Lanes.SelectMany(lane => lane.All()).ToList();
        if (slices.Count > 0)
        {
            // They are read again at a time when nobody knows their transactions any more: so each must be visible by now.
            await stream.Reader.ReadAsync([], [.. slices.Select(slice => slice.Xid).Distinct()], cancellation);
        }

        var keys = slices.SelectMany(slice => slice.Changes.Keys);
        journal.Append(facts.Source, facts.Start, keys, stale, Lsn.Max(settled, journal.To));
        foreach (var lane in inbox.Lanes)
        {
            lane.Complete(slices);
        }
    }
}
