using Strangler.Core.Model;

namespace Strangler.Core.Routing;

/// <summary>Decides the side of a request: the same code behind the request path, the preview and <c>explain</c>.</summary>
public static class Decider
{
    /// <summary>The decision for an operation and whoever asks. Allocates nothing.</summary>
    /// <param name="operation">The operation that the request calls.</param>
    /// <param name="requester">Who asks.</param>
    public static RouteDecision Decide(OperationPlan operation, in Requester requester) => operation[Reason(operation, requester)];

    private static DecisionReason Reason(OperationPlan operation, in Requester requester)
    {
        var capability = operation.Capability;
        var state = capability.State;
        if (state.Killed) return DecisionReason.Killed;
        if (capability.Owner == Side.New || !operation.MovesWithReads) return DecisionReason.Stage;
        if (Named(capability, requester) is { } named) return named;
        if (state.Stage != Stage.ReadCanary) return DecisionReason.Stage;
        if (state.Everyone) return DecisionReason.Everyone;
        if (requester.Unit.IsEmpty || requester.Unit.Length > Bucket.MaxUnitLength) return DecisionReason.NoUnit;
        if (state.Share >= 100) return DecisionReason.InsideShare;
        return Bucket.Of(requester.Unit, capability.Rules.Name) < capability.Edge ? DecisionReason.InsideShare : DecisionReason.OutsideShare;
    }

    // Units before groups and exclusion before inclusion, as Microsoft.FeatureManagement asks Allocation.User before Allocation.Group and
    // takes the first entry that fits. At stage legacy nobody is included: the new store may still be empty.
    private static DecisionReason? Named(CapabilityPlan capability, in Requester requester)
    {
        if (capability.Include is null && capability.Exclude is null || capability.State.Stage == Stage.Legacy) return null;
        if (requester.Unit.IsEmpty) return null;
        if (capability.Exclude?.HasUnit(requester.Unit) == true) return DecisionReason.Excluded;
        if (capability.Include?.HasUnit(requester.Unit) == true) return DecisionReason.Included;
        if (requester.Groups.IsEmpty) return null;
        if (capability.Exclude?.HasGroup(requester.Groups) == true) return DecisionReason.Excluded;
        if (capability.Include?.HasGroup(requester.Groups) == true) return DecisionReason.Included;
        return null;
    }
}
