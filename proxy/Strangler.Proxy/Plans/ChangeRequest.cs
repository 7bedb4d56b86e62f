using Strangler.Core.Gates;

namespace Strangler.Proxy.Plans;

/// <summary>Who wants to change the plan, and under which conditions.</summary>
/// <param name="Actor">Who asks.</param>
/// <param name="Reason">Why, in the operator's words.</param>
/// <param name="ExpectedPlan">The plan the caller has seen; null to change whatever is there.</param>
/// <param name="DryRun">True to learn what would happen without doing it.</param>
public sealed record ChangeRequest(string Actor, string Reason, long? ExpectedPlan, bool DryRun)
{
    /// <summary>What is known of a capability, for its gate; without it a gated step up is refused.</summary>
    public Func<string, GateEvidence> EvidenceOf { get; init; } = static _ => GateEvidence.None;
}
