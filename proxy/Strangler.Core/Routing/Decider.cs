using Strangler.Core.Model;

namespace Strangler.Core.Routing;

/// <summary>Decides the side of a request: the same code behind the request path, the preview and <c>explain</c>.</summary>
public static class Decider
{
    /// <summary>The decision for an operation and a unit. Allocates nothing.</summary>
    /// <param name="operation">The operation that the request calls.</param>
    /// <param name="unit">Whom the decision sticks to; empty when the request names nobody.</param>
    public static RouteDecision Decide(OperationPlan operation, ReadOnlySpan<char> unit) => operation[Reason(operation, unit)];

    private static DecisionReason Reason(OperationPlan operation, ReadOnlySpan<char> unit)
    {
        var capability = operation.Capability;
        if (capability.State.Killed) return DecisionReason.Killed;
        if (capability.State.Stage != Stage.ReadCanary || operation.Rules.Semantics != Semantics.Safe) return DecisionReason.Stage;
        if (capability.State.Share >= 100) return DecisionReason.Everyone;
        if (unit.IsEmpty || unit.Length > Bucket.MaxUnitLength) return DecisionReason.NoUnit;
        return Bucket.Of(unit, capability.Rules.Name) < capability.Edge ? DecisionReason.InsideShare : DecisionReason.OutsideShare;
    }
}
