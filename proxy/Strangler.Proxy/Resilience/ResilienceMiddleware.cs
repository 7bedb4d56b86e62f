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
    public Task InvokeAsync(HttpContext context)
    {
        var decision = context.GetDecision();
        if (decision is not null && !breakers.LetsThrough(decision)) return BreakerRefusal.WriteAsync(context, breakers, refusal, decision);
        if (!fallbacks.CountForLegacy(decision, decision?.Capability.Plan ?? plans.Of(context))) return fallbacks.RefuseDivertedAsync(context, decision!);
        return decision is not null && NeedsMore(context, decision) ? AttemptWithMoreAsync(context, decision) : AttemptAsync(context, decision, deadline: null);
    }

    private static bool NeedsMore(HttpContext context, RouteDecision decision) =>
        Deadline.MayBe(decision) || decision.Operation.Rules.Stale is not null || MayFallBack(decision) && RequestBody.IsIn(context);

    private static bool MayFallBack(RouteDecision decision) =>
        decision.Side == Side.New && FallbackTable.CanEverFallBack(decision.Operation.Fallback);

    private async Task AttemptWithMoreAsync(HttpContext context, RouteDecision decision)
    {
        using var deadline = Deadline.Start(context, decision, time);
        if (deadline is { IsOver: true })
        {
            await fallbacks.OutOfTimeAsync(context, decision, deadline);
            return;
        }

        using var body = MayFallBack(decision) && RequestBody.IsIn(context) ? await RequestBody.TakeAsync(context) : null;
        var copy = stale.Begin(context, decision);
        await AttemptAsync(context, decision, deadline);
        if (copy is not null) stale.End(context, copy);
    }

    private Task AttemptAsync(HttpContext context, RouteDecision? decision, Deadline? deadline)
    {
        var side = decision?.Side ?? Side.Legacy;
        var budget = decision is null ? null : budgets.Of(decision.Capability.Rules.Name);
        if (overload.TryEnter(context, decision, side) is { } hold)
        {
            (hold.Deadline, hold.Budget) = (deadline, budget);
            budget?.Enter();
            return SendAsync(hold, side);
        }

        return side == Side.Legacy ? overload.RefuseAsync(context, decision) : RecoverAsync(context, decision, AttemptOutcome.NotSent, deadline);
    }

    // What lives over an await here is paid for by every request: the attempt itself, and nothing else.
    private async Task SendAsync(Hold hold, Side side)
    {
        hold.Ticket = breakers.Enter(hold.Decision?.Capability, side);
        try
        {
            try
            {
                hold.Deadline?.Guard();
                await next(hold.Context);
                hold.Deadline?.Release();
                hold.Outcome = Attempts.OutcomeOf(hold.Context);
            }
            finally
            {
                overload.Leave(hold);
                hold.Ticket.Leave(Deadline.Excuses(hold.Deadline, hold.Outcome), breakers.Now);
            }

            if (hold.Outcome != AttemptOutcome.Answered && !hold.Context.Response.HasStarted)
            {
                await RecoverAsync(hold.Context, hold.Decision, hold.Outcome, hold.Deadline);
            }
        }
        finally
        {
            hold.Budget?.Leave();
            overload.Return(hold);
        }
    }

    private Task RecoverAsync(HttpContext context, RouteDecision? decision, AttemptOutcome outcome, Deadline? deadline)
    {
        if (decision is not { Side: Side.New }) return FailAsync(context, decision, outcome, deadline);
        return Failures.ActionAfter(context, decision, outcome) switch
        {
            FallbackAction.FallBack => FallBackAsync(context, decision, outcome, deadline),
            FallbackAction.Refuse => fallbacks.RefuseAsync(context, decision, $"The new side of '{decision.Capability.Rules.Name}' was not reached, and nobody else can do this; nothing was done"),
            FallbackAction.Abort => Task.CompletedTask,
            _ => FailAsync(context, decision, outcome, deadline),
        };
    }

    private async Task FallBackAsync(HttpContext context, RouteDecision decision, AttemptOutcome after, Deadline? deadline)
    {
        var budget = budgets.Of(decision.Capability.Rules.Name);
        if (!await fallbacks.TryBeginAsync(context, decision, after, budget, deadline)) return;
        try
        {
            decision = decision.Operation[DecisionReason.Fallback];
            if (overload.TryEnter(context, decision, Side.Legacy) is not { } hold)
            {
                await overload.RefuseAsync(context, decision);
                return;
            }

            hold.Deadline = deadline;
            await SendAsync(hold, Side.Legacy);
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
