using Microsoft.AspNetCore.Http;
using Strangler.Core.Model;
using Strangler.Core.Resilience;
using Strangler.Core.Routing;
using Strangler.Proxy.Edge;
using Strangler.Proxy.Resilience.Bodies;
using Strangler.Proxy.Resilience.Breakers;
using Strangler.Proxy.Resilience.Limits;
using Strangler.Proxy.Resilience.Stale;

namespace Strangler.Proxy.Resilience;

/// <summary>
/// Stands around the forwarder: one attempt at the side that was picked and, where the table allows it, one at legacy. The only place of the
/// request path that awaits an attempt, so that what it costs is paid once.
/// </summary>
internal sealed class ResilienceMiddleware(
    RequestDelegate next,
    RequestPlan plans,
    Fallbacks fallbacks,
    FallbackBudgets budgets,
    Refusal refusal,
    Overload overload,
    BreakerBoard breakers,
    StaleKeeper stale,
    TimeProvider time)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var decision = context.GetDecision();
        if (decision is not null && !breakers.LetsThrough(decision))
        {
            await BreakerRefusal.WriteAsync(context, breakers, refusal, decision);
            return;
        }

        if (!fallbacks.CountForLegacy(decision, decision?.Capability.Plan ?? plans.Of(context)))
        {
            await fallbacks.RefuseDivertedAsync(context, decision!);
            return;
        }

        var budget = decision is null ? null : budgets.Of(decision.Capability.Rules.Name);
        budget?.Enter();
        try
        {
            using var deadline = decision is null ? null : Deadline.Start(context, decision, time);
            if (deadline is { IsOver: true })
            {
                await fallbacks.OutOfTimeAsync(context, decision!, deadline);
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
                    deadline?.Guard();
                    await next(context);
                    deadline?.Release();
                    outcome = Attempts.OutcomeOf(context);
                }
                finally
                {
                    overload.Leave(hold, outcome);
                    ticket.Leave(Deadline.Excuses(deadline, outcome), breakers.Now);
                }
            }
            else if (side == Side.Legacy)
            {
                await overload.RefuseAsync(context, decision);
                return;
            }

            if (outcome != AttemptOutcome.Answered && !context.Response.HasStarted) await RecoverAsync(context, decision, outcome, budget, deadline);
            if (copy is not null) stale.End(context, copy);
        }
        finally
        {
            budget?.Leave();
        }
    }

    private static bool MayFallBack(RouteDecision? decision) =>
        decision is { Side: Side.New } && FallbackTable.CanEverFallBack(decision.Operation.Fallback);

    private Task RecoverAsync(HttpContext context, RouteDecision? decision, AttemptOutcome outcome, FallbackBudget? budget, Deadline? deadline)
    {
        if (decision is not { Side: Side.New }) return FailAsync(context, decision, outcome, deadline);
        return Failures.ActionAfter(context, decision, outcome) switch
        {
            FallbackAction.FallBack => FallBackAsync(context, decision, outcome, budget!, deadline),
            FallbackAction.Refuse => fallbacks.RefuseAsync(context, decision, $"The new side of '{decision.Capability.Rules.Name}' was not reached, and nobody else can do this; nothing was done"),
            FallbackAction.Abort => Task.CompletedTask,
            _ => FailAsync(context, decision, outcome, deadline),
        };
    }

    private async Task FallBackAsync(HttpContext context, RouteDecision decision, AttemptOutcome after, FallbackBudget budget, Deadline? deadline)
    {
        if (!await fallbacks.TryBeginAsync(context, decision, after, budget, deadline)) return;
        try
        {
            decision = decision.Operation[DecisionReason.Fallback];
            if (overload.TryEnter(context, decision, Side.Legacy) is not { } hold)
            {
                await overload.RefuseAsync(context, decision);
                return;
            }

            var outcome = AttemptOutcome.Aborted;
            var ticket = breakers.Enter(decision.Capability, Side.Legacy);
            try
            {
                deadline?.Guard();
                await next(context);
                deadline?.Release();
                outcome = Attempts.OutcomeOf(context);
            }
            finally
            {
                overload.Leave(hold, outcome);
                ticket.Leave(Deadline.Excuses(deadline, outcome), breakers.Now);
            }

            if (outcome != AttemptOutcome.Answered && !context.Response.HasStarted) await FailAsync(context, decision, outcome, deadline);
        }
        finally
        {
            budget.End();
        }
    }

    // The forwarder has left a bare status where no side has answered; what a side has said stays, unless an old answer stands in for it.
    private Task FailAsync(HttpContext context, RouteDecision? decision, AttemptOutcome outcome, Deadline? deadline)
    {
        if (outcome is AttemptOutcome.Unavailable or AttemptOutcome.Error) return stale.TryServeAsync(context);
        if (outcome is not (AttemptOutcome.NotSent or AttemptOutcome.NoAnswer)) return Task.CompletedTask;
        if (deadline is { IsOver: true }) return fallbacks.OutOfTimeAsync(context, decision!, deadline);
        var status = context.Response.StatusCode is var left and >= StatusCodes.Status502BadGateway ? left : StatusCodes.Status502BadGateway;
        var side = decision is { Side: Side.New } ? $"The new side of '{decision.Capability.Rules.Name}'" : "The monolith";
        if (decision is { Side: Side.New }) decision = decision.Operation[DecisionReason.NoFallback];
        return outcome == AttemptOutcome.NotSent
            ? refusal.WriteAsync(context, decision, status, $"{side} was not reached; nothing was done: ask again in {Fallbacks.RetryAfter.TotalSeconds:0} s.", Fallbacks.RetryAfter)
            : refusal.WriteAsync(context, decision, status, $"{side} did not answer{(status == StatusCodes.Status504GatewayTimeout ? " in time" : "")}; what was asked may have been done.");
    }
}
