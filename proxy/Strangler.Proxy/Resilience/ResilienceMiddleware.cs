using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Strangler.Core.Model;
using Strangler.Core.Resilience;
using Strangler.Core.Routing;
using Strangler.Proxy.Edge;
using Strangler.Proxy.Resilience.Bodies;
using Strangler.Proxy.Resilience.Breakers;
using Strangler.Proxy.Resilience.Limits;
using Strangler.Proxy.Resilience.Stale;
using Strangler.Proxy.Telemetry;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Forwarder;

namespace Strangler.Proxy.Resilience;

/// <summary>
/// Stands around the forwarder: one attempt at the side that was picked and, where the table allows it, one at legacy. The only place of the
/// request path that awaits an attempt, so that what it costs is paid once.
/// </summary>
internal sealed class ResilienceMiddleware(
    RequestDelegate next,
    IProxyStateLookup proxy,
    DecisionHeader header,
    Refusal refusal,
    Overload overload,
    BreakerBoard breakers,
    StaleKeeper stale,
    EdgeMetrics metrics,
    ILogger<ResilienceMiddleware> log)
{
    // A connection that was refused now may be taken in a moment; a crowd that comes back at once would keep the side down.
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    public async Task InvokeAsync(HttpContext context)
    {
        var decision = context.GetDecision();
        if (decision is not null && !breakers.LetsThrough(decision))
        {
            await BreakerRefusal.WriteAsync(context, breakers, refusal, decision);
            return;
        }

        using var body = MayFallBack(decision) && RequestBody.IsIn(context) ? await RequestBody.TakeAsync(context) : null;
        var copy = stale.Begin(context, decision);
        var side = decision?.Side ?? Side.Legacy;
        var outcome = AttemptOutcome.NotSent;
        if (overload.TryEnter(context, decision, side) is { } hold)
        {
            outcome = AttemptOutcome.Aborted;
            var ticket = breakers.Enter(decision?.Capability, side);
            try
            {
                await next(context);
                outcome = Attempts.OutcomeOf(context);
            }
            finally
            {
                overload.Leave(hold, outcome);
                ticket.Leave(outcome, breakers.Now);
            }
        }
        else if (side == Side.Legacy)
        {
            await overload.RefuseAsync(context, decision);
            return;
        }

        if (outcome != AttemptOutcome.Answered) await RecoverAsync(context, decision, outcome);
        if (copy is not null) stale.End(context, copy);
    }

    private static bool MayFallBack(RouteDecision? decision) =>
        decision is { Side: Side.New } && FallbackTable.CanEverFallBack(decision.Operation.Fallback);

    private Task RecoverAsync(HttpContext context, RouteDecision? decision, AttemptOutcome outcome)
    {
        if (context.Response.HasStarted) return Task.CompletedTask;
        if (decision is not { Side: Side.New }) return FailAsync(context, decision, outcome);
        return Failures.ActionAfter(context, decision, outcome) switch
        {
            FallbackAction.FallBack => FallBackAsync(context, decision, outcome),
            FallbackAction.Refuse => RefuseAsync(context, decision, $"The new side of '{decision.Capability.Rules.Name}' was not reached, and nobody else can do this; nothing was done: ask again in {RetryAfter.TotalSeconds:0} s."),
            FallbackAction.Abort => Task.CompletedTask,
            _ => FailAsync(context, decision, outcome),
        };
    }

    private async Task FallBackAsync(HttpContext context, RouteDecision decision, AttemptOutcome after)
    {
        var operation = decision.Operation;
        if (!breakers.TryPassToLegacy(operation.Capability))
        {
            await BreakerRefusal.InsteadOfLegacyAsync(context, breakers, refusal, operation);
            return;
        }

        if (!proxy.TryGetRoute(ProxyConfig.RouteId(operation.Id, Side.Legacy), out var route) || !proxy.TryGetCluster(ProxyConfig.LegacyCluster, out var cluster))
        {
            await RefuseAsync(context, decision, $"The new side of '{decision.Capability.Rules.Name}' could not answer, and the rules have just changed: ask again in {RetryAfter.TotalSeconds:0} s.");
            return;
        }

        log.FellBack(operation.Id, KebabNames<AttemptOutcome>.Of(after));
        metrics.Fallback(operation.Capability, after);
        context.Response.Clear();
        context.Features.Set<IForwarderErrorFeature>(null);
        context.Features.Set(FallbackFeature.Of(after));
        decision = operation[DecisionReason.Fallback];
        header.Write(context, decision);
        if (overload.TryEnter(context, decision, Side.Legacy) is not { } hold)
        {
            await overload.RefuseAsync(context, decision);
            return;
        }

        var outcome = AttemptOutcome.Aborted;
        var ticket = breakers.Enter(operation.Capability, Side.Legacy);
        try
        {
            context.ReassignProxyRequest(route, cluster);
            await next(context);
            outcome = Attempts.OutcomeOf(context);
        }
        finally
        {
            overload.Leave(hold, outcome);
            ticket.Leave(outcome, breakers.Now);
        }

        if (outcome != AttemptOutcome.Answered && !context.Response.HasStarted) await FailAsync(context, decision, outcome);
    }

    private Task RefuseAsync(HttpContext context, RouteDecision decision, string why) =>
        refusal.WriteAsync(context, decision.Operation[DecisionReason.NoFallback], StatusCodes.Status503ServiceUnavailable, why, RetryAfter);

    // The forwarder has left a bare status where no side has answered; what a side has said stays, unless an old answer stands in for it.
    private Task FailAsync(HttpContext context, RouteDecision? decision, AttemptOutcome outcome)
    {
        var status = context.Response.StatusCode;
        var side = decision is { Side: Side.New } ? $"The new side of '{decision.Capability.Rules.Name}'" : "The monolith";
        if (decision is { Side: Side.New }) decision = decision.Operation[DecisionReason.NoFallback];
        return outcome switch
        {
            AttemptOutcome.NotSent => refusal.WriteAsync(
                context, decision, status, $"{side} was not reached; nothing was done: ask again in {RetryAfter.TotalSeconds:0} s.", RetryAfter),
            AttemptOutcome.NoAnswer => refusal.WriteAsync(
                context, decision, status, $"{side} did not answer{(status == StatusCodes.Status504GatewayTimeout ? " in time" : "")}; what was asked may have been done."),
            AttemptOutcome.Unavailable or AttemptOutcome.Error => stale.TryServeAsync(context),
            _ => Task.CompletedTask,
        };
    }
}
