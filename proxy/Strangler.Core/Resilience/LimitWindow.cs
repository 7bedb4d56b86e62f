namespace Strangler.Core.Resilience;

/// <summary>What one window of time says about a side.</summary>
/// <param name="Gradient">Usual latency by seen latency, 0.5 to 1 (<see cref="LatencyTrend.Take"/>).</param>
/// <param name="Peak">Most requests that were there at once.</param>
/// <param name="HasRefused">Whether a request was refused for want of room.</param>
/// <param name="Overloaded">Share of the attempts, 0 to 1, by which the side said that it is too much: no answer, 429, 502, 503, 504.</param>
public readonly record struct LimitWindow(double Gradient, int Peak, bool HasRefused, double Overloaded);
