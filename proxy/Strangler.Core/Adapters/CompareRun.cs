namespace Strangler.Core.Adapters;

/// <summary>A comparison of both stores, running or finished.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Stream">The capability.</param>
/// <param name="Mode"><c>full</c>, <c>changed</c> (only ranges that may have changed) or <c>exact</c>.</param>
/// <param name="State"><c>running</c>, <c>finished</c>, <c>stopped</c> or <c>failed</c>.</param>
/// <param name="Started">When it began.</param>
/// <param name="Finished">When it ended; null while it runs.</param>
/// <param name="Done">Aggregates compared.</param>
/// <param name="Total">About how many there are to compare.</param>
/// <param name="SecondsLeft">About how long it still takes, in seconds; null when it cannot be said.</param>
/// <param name="Verdict"><c>clean</c>, <c>differences</c> or <c>undetermined</c>; null before the end.</param>
/// <param name="Differences">Aggregates that differ.</param>
/// <param name="Waiting">Aggregates that differ because they wait to be brought over.</param>
/// <param name="DeadLetters">Aggregates that differ because they fail.</param>
/// <param name="Undetermined">Aggregates of which it could not be said, as they kept changing or the stream did not follow.</param>
/// <param name="Entities">One for each kind of aggregate.</param>
/// <param name="Items">What was found, at most 1000.</param>
/// <param name="Error">Why it failed; null when it did not.</param>
public sealed record CompareRun(
    long Id,
    string Stream,
    string Mode,
    string State,
    DateTimeOffset Started,
    DateTimeOffset? Finished,
    long Done,
    long Total,
    double? SecondsLeft,
    string? Verdict,
    long Differences,
    long Waiting,
    long DeadLetters,
    long Undetermined,
    IReadOnlyList<EntityComparison> Entities,
    IReadOnlyList<DataDifference> Items,
    string? Error);
