namespace Strangler.Core.Adapters;

/// <summary>A repair, planned, running or finished.</summary>
/// <param name="Id">Its number; 0 of a dry run.</param>
/// <param name="Stream">The capability.</param>
/// <param name="Run">The comparison that found the differences.</param>
/// <param name="State"><c>planned</c>, <c>running</c>, <c>finished</c>, <c>stopped</c> or <c>failed</c>.</param>
/// <param name="Keys">Aggregates to repair.</param>
/// <param name="Limit">The most that one repair may touch.</param>
/// <param name="Repaired">Aggregates that are equal by now.</param>
/// <param name="Left">Aggregates that still differ; null before the end.</param>
/// <param name="Strays">Rows to which no aggregate of the source leads, and which this repair leaves alone.</param>
/// <param name="Items">The aggregates to repair; after the end, those that still differ. At most 1000.</param>
/// <param name="Error">Why it failed; null when it did not.</param>
public sealed record RepairRun(
    long Id,
    string Stream,
    long Run,
    string State,
    long Keys,
    long Limit,
    long Repaired,
    long? Left,
    long Strays,
    IReadOnlyList<DataDifference> Items,
    string? Error);
