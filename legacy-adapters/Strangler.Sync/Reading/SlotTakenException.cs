namespace Strangler.Sync.Reading;

/// <summary>The slot's name is in use by somebody else, whose slot must not be dropped.</summary>
internal sealed class SlotTakenException(string slot)
    : Exception($"The slot {slot} is of another database or another plug-in: set Sync:Slot to a name of your own.");
