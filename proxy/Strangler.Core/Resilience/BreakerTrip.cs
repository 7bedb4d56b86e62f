namespace Strangler.Core.Resilience;

/// <summary>Why a breaker has opened.</summary>
/// <param name="At">When, as the time since a fixed instant.</param>
/// <param name="Own">The results of the side.</param>
/// <param name="Other">Those of the other side at the same time.</param>
public sealed record BreakerTrip(TimeSpan At, OutcomeCounts Own, OutcomeCounts Other);
