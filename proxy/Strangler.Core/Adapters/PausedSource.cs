namespace Strangler.Core.Adapters;

/// <summary>Who has paused a source, and why.</summary>
/// <param name="Actor">Who.</param>
/// <param name="Reason">Why.</param>
/// <param name="At">When.</param>
public sealed record PausedSource(string Actor, string Reason, DateTimeOffset At);
