using Strangler.Sync.Reading;

namespace Strangler.Sync.Applying;

/// <summary>Where a stream stands in its target.</summary>
/// <param name="Source">The source to which the positions belong.</param>
/// <param name="Slot">The slot that was read.</param>
/// <param name="Low">Everything that ended up to here has been applied, in every lane.</param>
/// <param name="Lanes">How far each lane is, never below <paramref name="Low"/>.</param>
/// <param name="RereadUntil">Rows of the log up to here may be older than what the target has: their aggregates are read again.</param>
/// <param name="Epoch">Rises with each process that takes the stream over; an older one can write nothing more.</param>
/// <param name="Fills">One for each kind of aggregate whose backfill has been begun.</param>
internal sealed record StreamPosition(
    SourceIdentity Source, string Slot, Lsn Low, IReadOnlyList<Lsn> Lanes, Lsn RereadUntil, long Epoch, IReadOnlyList<FillProgress> Fills);
