namespace Strangler.Core.Adapters;

/// <summary>The way of one capability's data from the source into one target.</summary>
/// <param name="Name">The capability.</param>
/// <param name="State"><c>stopped</c>, <c>waiting</c> (another process leads), <c>filling</c>, <c>following</c>, <c>journaling</c> or <c>paused</c>.</param>
/// <param name="Watermark">By the adapters' clock: everything committed before it has been applied; null while the target is not complete.</param>
/// <param name="LagSeconds">How old the watermark is, in seconds; null without one.</param>
/// <param name="LagBytes">Log of the source that has not been applied; null when unknown.</param>
/// <param name="Filled">Aggregates brought over by the backfill.</param>
/// <param name="ToFill">About how many it has to bring over.</param>
/// <param name="FillSecondsLeft">About how long the backfill still takes, in seconds; null when none runs or it cannot be said yet.</param>
/// <param name="Applied">Aggregates written or deleted since the process started.</param>
/// <param name="Waiting">Aggregates noted to be brought over later: journaled, failed, to be repaired.</param>
/// <param name="DeadLetters">Aggregates among them that fail.</param>
/// <param name="Paused">Kinds of aggregates that stand still, and why.</param>
/// <param name="Error">Why the stream is stopped; null when it is not.</param>
/// <param name="FillWaits">What the backfill waits for; null when it does not.</param>
public sealed record StreamReport(
    string Name,
    string State,
    DateTimeOffset? Watermark,
    double? LagSeconds,
    long? LagBytes,
    long Filled,
    long ToFill,
    double? FillSecondsLeft,
    long Applied,
    long Waiting,
    long DeadLetters,
    IReadOnlyList<PausedEntity> Paused,
    string? Error,
    string? FillWaits = null);
