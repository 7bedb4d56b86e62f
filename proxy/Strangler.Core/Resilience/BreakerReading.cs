namespace Strangler.Core.Resilience;

/// <summary>A breaker as it is at one moment, for people.</summary>
/// <param name="State">The state.</param>
/// <param name="Admitted">Share of the units that are let in, 0 to 1.</param>
/// <param name="Since">For how long it has not been closed; null when it is.</param>
/// <param name="Trip">Why it has opened; null when it is closed.</param>
/// <param name="NextTry">When open: how long until the side is tried again.</param>
/// <param name="Probes">When half-open: the results of this step.</param>
/// <param name="Sick">For how long it has been open without any try that succeeded; null when it is closed or recovering.</param>
/// <param name="Trips">How often it has opened within the time that was asked for.</param>
public sealed record BreakerReading(
    BreakerState State, double Admitted, TimeSpan? Since, BreakerTrip? Trip, TimeSpan? NextTry, OutcomeCounts Probes, TimeSpan? Sick, int Trips);
