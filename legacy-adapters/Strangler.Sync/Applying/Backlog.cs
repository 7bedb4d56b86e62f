namespace Strangler.Sync.Applying;

/// <summary>What waits in a stream's target to be read again.</summary>
/// <param name="Waiting">Aggregates; counted up to 100,000.</param>
/// <param name="Blocking">Those among them that were noted instead of applied: while there are any, the target is not complete.</param>
/// <param name="DeadLetters">Aggregates that fail.</param>
internal sealed record Backlog(long Waiting, long Blocking, long DeadLetters);
