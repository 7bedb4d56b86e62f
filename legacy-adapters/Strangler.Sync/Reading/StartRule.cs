using Strangler.Sync.Applying;
using Strangler.Sync.Streams;

namespace Strangler.Sync.Reading;

/// <summary>
/// Whether a stream may go on where it ended. A source asked for a position before its slot's says nothing and sends what it has, so a
/// gap must be found here.
/// </summary>
internal static class StartRule
{
    /// <summary>Decides.</summary>
    /// <param name="at">Where the stream stands; null at the very first start.</param>
    /// <param name="source">The source as it is now.</param>
    /// <param name="slot">The slot that is read.</param>
    /// <param name="start">The slot sends everything that ended after this position.</param>
    /// <param name="journal">What was noted while the target was away.</param>
    /// <returns>Null when the stream goes on; else why everything must be read again.</returns>
    public static string? WhyRefill(StreamPosition? at, SourceIdentity source, string slot, Lsn start, Journal journal)
    {
        if (at is null)
        {
            return "the target has no position";
        }

        if (at.Source.SystemId != source.SystemId)
        {
            return $"the source is another cluster: {source.SystemId}, it was {at.Source.SystemId}";
        }

        if (at.Source.Timeline != source.Timeline)
        {
            return $"the source is on timeline {source.Timeline}, it was on {at.Source.Timeline}";
        }

        if (at.Slot != slot)
        {
            return $"the slot is {slot}, it was {at.Slot}";
        }

        if (start <= at.Low)
        {
            return null;
        }

        // The journal bridges the two when it begins early enough and ends late enough.
        if (journal.Source != source || journal.From > at.Low || journal.To < start)
        {
            return $"the slot {slot} starts at {start}, after the target's position {at.Low}";
        }

        return journal.IsOverfull ? "more aggregates changed while the target was away than the journal may hold" : null;
    }
}
