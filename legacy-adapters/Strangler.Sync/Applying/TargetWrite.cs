namespace Strangler.Sync.Applying;

/// <summary>All that one target transaction writes.</summary>
/// <param name="Expected">The checkpoint that the target must have; another one means that somebody else writes this stream too.</param>
/// <param name="Next">The checkpoint after it.</param>
/// <param name="Aggregates">The aggregates, each at most once.</param>
/// <param name="Fills">The fills that went on.</param>
internal sealed record TargetWrite(
    Checkpoint Expected, Checkpoint Next, IReadOnlyList<TargetAggregate> Aggregates, IReadOnlyList<FillProgress> Fills);
