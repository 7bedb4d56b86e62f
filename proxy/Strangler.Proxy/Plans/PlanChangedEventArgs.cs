using Strangler.Core.Routing;

namespace Strangler.Proxy.Plans;

/// <summary>A new plan is in force.</summary>
public sealed class PlanChangedEventArgs(Plan previous, Plan current) : EventArgs
{
    /// <summary>The plan that was in force before.</summary>
    public Plan Previous => previous;

    /// <summary>The plan in force.</summary>
    public Plan Current => current;
}
