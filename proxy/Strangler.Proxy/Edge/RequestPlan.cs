using Microsoft.AspNetCore.Http;
using Strangler.Core.Model;
using Strangler.Core.Routing;
using Strangler.Proxy.Plans;
using Strangler.Proxy.Units;

namespace Strangler.Proxy.Edge;

/// <summary>
/// The one plan of a request: read when the request comes in, and kept, so that all that is decided about the request is decided by the same
/// rules and states. Only a request that would enter the new side under a plan that has been replaced meanwhile takes the next one.
/// </summary>
internal sealed class RequestPlan(PlanHolder plans, StranglerOptions options)
{
    /// <summary>The plan that the request keeps.</summary>
    public Plan Of(HttpContext context) => context.Features.Get<Plan>() ?? Take(context);

    /// <summary>Gives the request the plan in force and drops what that plan's rules do not let this client say.</summary>
    public Plan Take(HttpContext context)
    {
        var plan = plans.Current;
        context.Features.Set(plan);
        TrustedHeaders.Drop(context, plan.Rules.Unit);
        TrustedHeaders.Drop(context, plan.Rules.DeadlineHeader);
        if (options.UnitHeader is { } name && !IsAccountHeader(name, plan.Rules.Unit)) context.Request.Headers.Remove(name);
        return plan;
    }

    // A listed proxy may speak under the name under which services get the unit.
    private static bool IsAccountHeader(string name, UnitRules rules) =>
        name.Equals(rules.Account?.Header?.Name, StringComparison.OrdinalIgnoreCase);
}
