using Strangler.Proxy.Plans;

namespace Strangler.Proxy.Shadow;

/// <summary>
/// Asks the plan that is in force now, right before each ask of the new side, whether a copy may still be sent, and counts the ask
/// like a request on the new side: once a kill has been acknowledged, no copy starts.
/// </summary>
internal sealed class CopyPermits(PlanHolder plans)
{
    /// <summary>Enters the count of the current plan; null when it does not copy this operation. Dispose the permit to leave.</summary>
    public CopyPermit? TryEnter(string operationId)
    {
        while (true)
        {
            if (plans.Current.FindOperation(operationId) is not { Capability.Copies: true } operation) return null;
            if (plans.TryEnter(operation.Capability)) return new CopyPermit(operation);
        }
    }

    /// <summary>Why <see cref="TryEnter"/> gave no permit.</summary>
    public SkipReason ReasonToRefuse(string operationId) =>
        plans.Current.FindOperation(operationId) is { Capability.State.Killed: true } ? SkipReason.Killed : SkipReason.Stopped;
}
