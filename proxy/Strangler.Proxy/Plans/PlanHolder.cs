using Strangler.Core.Model;
using Strangler.Core.Routing;

namespace Strangler.Proxy.Plans;

/// <summary>Holds the plan that requests read. One reference, swapped at once.</summary>
/// <param name="first">The plan to start with.</param>
public sealed class PlanHolder(Plan first)
{
    private Plan _current = first;

    /// <summary>The plan in force. Read it once per request and keep it.</summary>
    public Plan Current => Volatile.Read(ref _current);

    /// <summary>
    /// Enters the count of requests on the new side, unless the plan has been replaced meanwhile. So after a swap, a count of zero in the
    /// old plan means that no request decided under it is, or will be, on the new side.
    /// </summary>
    /// <param name="capability">The capability, of the plan that decided.</param>
    public bool TryEnter(CapabilityPlan capability)
    {
        capability.OnNewSide.Enter();
        if (ReferenceEquals(Current, capability.Plan)) return true;
        capability.OnNewSide.Leave();
        return false;
    }

    /// <summary>Ends what <see cref="TryEnter"/> began for a request on the new side.</summary>
    public static void Leave(RouteDecision decision)
    {
        if (decision.Side == Side.New) decision.Capability.OnNewSide.Leave();
    }

    // A full fence, so that whoever then reads the old plan's counts sees every request that still read the old plan.
    internal void Swap(Plan next) => Interlocked.Exchange(ref _current, next);
}
