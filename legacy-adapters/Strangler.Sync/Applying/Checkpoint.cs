using Strangler.Sync.Reading;

namespace Strangler.Sync.Applying;

/// <summary>How far the target is, written with the data in one transaction.</summary>
/// <param name="Source">The source to which the position belongs.</param>
/// <param name="Slot">The slot that was read.</param>
/// <param name="End">Everything that ended up to here has been applied.</param>
internal sealed record Checkpoint(SourceIdentity Source, string Slot, Lsn End);
