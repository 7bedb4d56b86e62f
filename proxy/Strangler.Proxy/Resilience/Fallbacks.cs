using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Strangler.Core.Model;
using Strangler.Core.Resilience;
using Strangler.Core.Routing;
using Strangler.Proxy.Edge;
using Strangler.Proxy.Resilience.Breakers;
using Strangler.Proxy.Telemetry;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Forwarder;

namespace Strangler.Proxy.Resilience;

/// <summary>Turns a request of the new side into one of legacy, within the budget, the capacity and the time that there is.</summary>
internal sealed class Fallbacks(
    IProxyStateLookup proxy, DecisionHeader header, Refusal refusal, LegacyCapacity capacity, BreakerBoard breakers, EdgeMetrics metrics, ILogger<Fallbacks> log)
{
    /// <summary>
    /// When a client is asked to come again: a connection that is refused now may be taken in a moment, and a crowd that comes back at once would keep
    /// the side down.
    /// </summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    /// <summary>Counts a request that is to go to legacy; false when it was diverted there and legacy has no room for more than its own.</summary>
    public bool CountForLegacy(RouteDecision? decision, Plan plan)
    {
        if (decision is { Side: Side.New }) return true;
        if (decision is { Reason: DecisionReason.BreakerOpen }) return capacity.TryTake(plan.Rules.Legacy.Capacity);
        capacity.Count(plan.Rules.Legacy.Capacity);
        return true;
    }

    /// <summary>Answers a request that was diverted to legacy, and that legacy has no room for.</summary>
    public Task RefuseDivertedAsync(HttpContext context, RouteDecision decision) =>
        RefuseAsync(context, decision, FallbackObstacle.Capacity, CapacityWords(decision));

    /// <summary>
    /// Makes the request ready for legacy, with nothing left of the first attempt. True obliges to <see cref="FallbackBudget.End"/>; on false the client
    /// has its answer.
    /// </summary>
    public async ValueTask<bool> TryBeginAsync(HttpContext context, RouteDecision decision, AttemptOutcome after, FallbackBudget budget, Deadline? deadline)
    {
        if (deadline is { IsOver: true })
        {
            await OutOfTimeAsync(context, decision, deadline);
            return false;
        }

        if (!await budget.TryBeginAsync(deadline?.Left ?? FallbackBudget.LongestWait, context.RequestAborted))
        {
            await RefuseAsync(context, decision, FallbackObstacle.Budget, string.Create(CultureInfo.InvariantCulture,
                $"{budget.Running} requests of '{decision.Capability.Rules.Name}' are being asked of the monolith instead, limit {budget.Limit} ({FallbackBudget.Share:P0} of {budget.Active}, at least {FallbackBudget.Least})"));
            return false;
        }

        if (await TryTurnAsync(context, decision, after, deadline)) return true;
        budget.End();
        return false;
    }

    /// <summary>Tells the client that nobody was reached and nothing was done.</summary>
    public Task RefuseAsync(HttpContext context, RouteDecision decision, string why) => refusal.WriteAsync(
        context, decision.Operation[DecisionReason.NoFallback], StatusCodes.Status503ServiceUnavailable, $"{why}: ask again in {RetryAfter.TotalSeconds:0} s.", RetryAfter);

    /// <summary>Tells the client that its time is over.</summary>
    public Task OutOfTimeAsync(HttpContext context, RouteDecision decision, Deadline deadline)
    {
        if (decision.Side == Side.New) metrics.FallbackRefused(decision.Capability, FallbackObstacle.Deadline);
        return refusal.WriteAsync(
            context, decision.Side == Side.New ? decision.Operation[DecisionReason.NoFallback] : decision, StatusCodes.Status504GatewayTimeout,
            string.Create(CultureInfo.InvariantCulture, $"The {deadline.Whole.TotalMilliseconds:0} ms that this request of '{decision.Capability.Rules.Name}' had are over, and no side has answered."));
    }

    private async ValueTask<bool> TryTurnAsync(HttpContext context, RouteDecision decision, AttemptOutcome after, Deadline? deadline)
    {
        if (deadline is { IsOver: true })
        {
            await OutOfTimeAsync(context, decision, deadline);
            return false;
        }

        var operation = decision.Operation;
        if (!breakers.TryPassToLegacy(operation.Capability))
        {
            await BreakerRefusal.InsteadOfLegacyAsync(context, breakers, refusal, operation);
            return false;
        }

        if (!proxy.TryGetRoute(ProxyConfig.RouteId(operation.Id, Side.Legacy), out var route) || !proxy.TryGetCluster(ProxyConfig.LegacyCluster, out var cluster))
        {
            await RefuseAsync(context, decision, $"The new side of '{decision.Capability.Rules.Name}' could not answer, and the rules have just changed");
            return false;
        }

        if (!capacity.TryTake(decision.Capability.Plan.Rules.Legacy.Capacity))
        {
            await RefuseAsync(context, decision, FallbackObstacle.Capacity, CapacityWords(decision));
            return false;
        }

        log.FellBack(operation.Id, KebabNames<AttemptOutcome>.Of(after));
        metrics.Fallback(operation.Capability, after);
        context.Response.Clear();
        context.Features.Set<IForwarderErrorFeature>(null);
        context.Features.Set(FallbackFeature.Of(after));
        header.Write(context, operation[DecisionReason.Fallback]);
        context.ReassignProxyRequest(route, cluster);
        return true;
    }

    private string CapacityWords(RouteDecision decision) => string.Create(
        CultureInfo.InvariantCulture, $"the monolith gets {capacity.LastSecond} requests/s, and its capacity is {decision.Capability.Plan.Rules.Legacy.Capacity}");

    private Task RefuseAsync(HttpContext context, RouteDecision decision, FallbackObstacle obstacle, string numbers)
    {
        metrics.FallbackRefused(decision.Capability, obstacle);
        return RefuseAsync(context, decision, $"The new side of '{decision.Capability.Rules.Name}' could not answer, and {numbers}");
    }
}
