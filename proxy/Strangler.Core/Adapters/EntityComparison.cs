namespace Strangler.Core.Adapters;

/// <summary>What was compared of one kind of aggregate.</summary>
/// <param name="Entity">The kind.</param>
/// <param name="Source">Aggregates that the source has.</param>
/// <param name="Target">Aggregates that the target has.</param>
/// <param name="Ranges">Ranges of keys into which they are divided.</param>
/// <param name="RangesRead">Those that were read.</param>
/// <param name="UnchangedSince">When the oldest of the other ranges was compared; null when all were read.</param>
/// <param name="Findings">Aggregates that are not known to be equal.</param>
public sealed record EntityComparison(
    string Entity, long Source, long Target, int Ranges, int RangesRead, DateTimeOffset? UnchangedSince, long Findings);
