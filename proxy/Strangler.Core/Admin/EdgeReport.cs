namespace Strangler.Core.Admin;

/// <summary>What one edge has said to the control store.</summary>
/// <param name="Edge">Name of the edge.</param>
/// <param name="Plan">Number of the plan it decides by.</param>
/// <param name="OldestPlan">Number of the oldest plan that a request of its is still on; <paramref name="Plan"/> when there is none.</param>
/// <param name="OnOlderPlans">Requests that older plans have sent to the new side and that are not finished.</param>
/// <param name="Refused">Why it has refused a newer plan; null when it has not.</param>
/// <param name="Overrides">Capabilities that it holds on legacy by a local override.</param>
/// <param name="AgeSeconds">How long ago it said so, by the clock of the store.</param>
public sealed record EdgeReport(
    string Edge, long Plan, long OldestPlan, long OnOlderPlans, string? Refused, IReadOnlyList<string> Overrides, double AgeSeconds)
{
    /// <summary>The breakers that it has something to say of.</summary>
    public IReadOnlyList<EdgeBreaker> Breakers { get; init; } = [];
}
