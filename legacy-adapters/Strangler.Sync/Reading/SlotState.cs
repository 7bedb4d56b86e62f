namespace Strangler.Sync.Reading;

/// <summary>What the source says of our replication slot.</summary>
/// <param name="Confirmed">It sends nothing that ended before this position, whatever position is asked for.</param>
/// <param name="Lost">The source has removed log that the slot still needed.</param>
/// <param name="IsOurs">Whether it is a slot of our database with the right plug-in.</param>
internal sealed record SlotState(Lsn Confirmed, bool Lost, bool IsOurs);
