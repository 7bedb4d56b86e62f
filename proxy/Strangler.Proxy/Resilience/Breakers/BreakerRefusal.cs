using Microsoft.AspNetCore.Http;
using Strangler.Core.Model;
using Strangler.Core.Resilience;
using Strangler.Core.Routing;

namespace Strangler.Proxy.Resilience.Breakers;

/// <summary>Refuses a request that no side may be asked: the breaker that stands in the way says why and for how long.</summary>
internal static class BreakerRefusal
{
    // Until an operator ends it, and nobody knows when.
    private static readonly TimeSpan LongPause = TimeSpan.FromSeconds(30);

    /// <summary>For a request that was decided so.</summary>
    public static Task WriteAsync(HttpContext context, BreakerBoard breakers, Refusal refusal, RouteDecision decision) =>
        WriteAsync(context, breakers, refusal, decision, "Nothing was done", decision.Reason == DecisionReason.BreakerRefused ? Side.New : Side.Legacy);

    /// <summary>For one that the new side could not answer, and that legacy is not asked either.</summary>
    public static Task InsteadOfLegacyAsync(HttpContext context, BreakerBoard breakers, Refusal refusal, OperationPlan operation) =>
        WriteAsync(context, breakers, refusal, operation[DecisionReason.NoFallback], "The new side could not answer, and the monolith is not asked", Side.Legacy);

    private static Task WriteAsync(HttpContext context, BreakerBoard breakers, Refusal refusal, RouteDecision decision, string what, Side side)
    {
        var (capability, reading) = (decision.Capability, breakers.Read(decision.Capability, side));
        var (name, rules) = (capability.Rules.Name, capability.Rules.Breaker);
        var isIsolated = capability.State.BreakerOf(side).Isolated;
        var words = isIsolated
            ? $"the {RouteDecision.ToName(side)} side of '{name}' is isolated by an operator"
            : BreakerWords.Of(name, side, reading, rules, isolated: false) ?? $"the breaker of {RouteDecision.ToName(side)} has just closed";
        return refusal.WriteAsync(
            context, decision, StatusCodes.Status503ServiceUnavailable, $"{what}: {words}.", isIsolated ? LongPause : reading.NextTry ?? rules.Pause);
    }
}
