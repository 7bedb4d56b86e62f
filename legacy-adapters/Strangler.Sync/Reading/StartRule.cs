using Strangler.Sync.Applying;

namespace Strangler.Sync.Reading;

/// <summary>
/// Whether reading may go on where it ended. A source asked for a position before its slot's says nothing and sends what it has, so a
/// gap must be found here.
/// </summary>
internal static class StartRule
{
    /// <summary>Decides.</summary>
    /// <param name="checkpoint">What the target says has been applied; null at the very first start.</param>
    /// <param name="source">The source as it is now.</param>
    /// <param name="slotName">The slot that is to be used.</param>
    /// <param name="slot">That slot as it is now; null when there is none.</param>
    /// <returns>Null when reading goes on at the checkpoint; else why everything must be read again.</returns>
    public static string? WhyRefill(Checkpoint? checkpoint, SourceIdentity source, string slotName, SlotState? slot) =>
        (checkpoint, slot) switch
        {
            (null, _) => "the target has no checkpoint",
            ({ } at, _) when at.Source.SystemId != source.SystemId =>
                $"the source is another cluster: {source.SystemId}, it was {at.Source.SystemId}",
            ({ } at, _) when at.Source.Timeline != source.Timeline =>
                $"the source is on timeline {source.Timeline}, it was on {at.Source.Timeline}",
            ({ } at, _) when at.Slot != slotName => $"the slot is {slotName}, it was {at.Slot}",
            (_, null) => $"the source has no slot {slotName}",
            (_, { Lost: true }) => $"the slot {slotName} is lost: the source has removed log that was still needed",
            ({ } at, { } now) when now.Confirmed > at.End => $"the slot {slotName} starts at {now.Confirmed}, after the checkpoint at {at.End}",
            _ => null,
        };
}
