namespace Strangler.Proxy.Plans;

/// <summary>A kill that the store does not know yet. It can only lower.</summary>
/// <param name="Capabilities">What was taken back.</param>
/// <param name="Actor">Who did it.</param>
/// <param name="Reason">Why, in the operator's words.</param>
/// <param name="At">When, by the clock of the edge.</param>
public sealed record LocalOverride(IReadOnlyList<string> Capabilities, string Actor, string Reason, DateTimeOffset At);
