using Strangler.Sync.Reading;

namespace Strangler.Sync.Applying;

/// <summary>All that one target transaction of a lane writes.</summary>
/// <param name="Lane">The lane.</param>
/// <param name="Epoch">The stream's epoch as this process knows it.</param>
/// <param name="Expected">The lane's position that the target must have; another one means that somebody else writes this lane too.</param>
/// <param name="Next">The position after it.</param>
/// <param name="Aggregates">The aggregates, each at most once.</param>
/// <param name="Failed">Those that could not be mapped.</param>
/// <param name="Deferred">Those whose kind stands still: they are noted, not written.</param>
/// <param name="Suspects">Those that failed before: each is tried on its own.</param>
/// <param name="Stamps">Rows of <c>sync.dirty</c> that are dealt with by this, unless they have been renewed since.</param>
/// <param name="AllOrNothing">Whether one that fails makes all fail.</param>
internal sealed record LaneWrite(
    int Lane,
    long Epoch,
    Lsn Expected,
    Lsn Next,
    IReadOnlyList<TargetAggregate> Aggregates,
    IReadOnlyList<FailedAggregate> Failed,
    IReadOnlyCollection<DirtyKey> Deferred,
    IReadOnlySet<DirtyKey> Suspects,
    IReadOnlyDictionary<DirtyKey, long> Stamps,
    bool AllOrNothing);
