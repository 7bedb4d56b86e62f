namespace Strangler.Sync.Reading;

/// <summary>What belongs to us in a source database.</summary>
/// <param name="Slot">The replication slot.</param>
/// <param name="Publication">The publication.</param>
internal sealed record SlotNames(string Slot, string Publication);
