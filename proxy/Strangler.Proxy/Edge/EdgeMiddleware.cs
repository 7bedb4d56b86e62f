using Microsoft.AspNetCore.Http;
using Strangler.Proxy.Plans;
using Strangler.Proxy.Resilience;
using Strangler.Proxy.Resilience.Limits;
using Strangler.Proxy.Telemetry;
using Strangler.Proxy.Units;

namespace Strangler.Proxy.Edge;

/// <summary>
/// Stands before routing: gives the request its plan, drops what a client must not say, and when the request is over, leaves the plan and
/// counts. Forwarded headers stand before it, in the host's own pipeline.
/// </summary>
internal sealed class EdgeMiddleware(
    RequestDelegate next, RequestPlan plans, VisitorAnswers visitors, Overload overload, Draining draining, EdgeMetrics metrics, TimeProvider time)
{
    private const string OwnPrefix = "Strangler-";

    public async Task InvokeAsync(HttpContext context)
    {
        DropOwnHeaders(context.Request.Headers);
        var plan = plans.Take(context);
        if (draining.IsOn) Draining.SendAway(context);
        if (overload.Refuses(context, plan, out var refusal))
        {
            await refusal;
            return;
        }

        var rules = plan.Rules.Unit;
        if (rules.MintsVisitor && PageRequest.Is(context.Request)) visitors.Expect(context, rules);
        var started = time.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            var decision = context.GetDecision();
            if (decision is not null) PlanHolder.Leave(decision);
            metrics.Record(context, decision, time.GetElapsedTime(started));
        }
    }

    // Only the edge may speak under this prefix; a request that carries none costs one pass and nothing else.
    private static void DropOwnHeaders(IHeaderDictionary headers)
    {
        List<string>? own = null;
        foreach (var header in headers)
        {
            if (header.Key.StartsWith(OwnPrefix, StringComparison.OrdinalIgnoreCase)) (own ??= []).Add(header.Key);
        }

        if (own is null) return;
        foreach (var name in own) headers.Remove(name);
    }
}
