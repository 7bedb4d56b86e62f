using System.Globalization;
using Microsoft.AspNetCore.Http;
using Strangler.Core.Model;
using Strangler.Core.Routing;
using Strangler.Proxy.Resilience.RateLimits;

namespace Strangler.Proxy.Resilience.Limits;

/// <summary>What the request path asks about overload: whether there is room, and the answer when there is none.</summary>
internal sealed class Overload(ConcurrencyLimits limits, ClientRates rates, LimitMetrics metrics, Refusal refusal)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>Enters the limit of a side for one attempt; null, and counted, when it is full. End it with <see cref="Leave"/> and <see cref="Return"/>.</summary>
    /// <param name="context">The request.</param>
    /// <param name="decision">Its decision; null when no capability claims it.</param>
    /// <param name="side">The side that is about to be asked.</param>
    public Hold? TryEnter(HttpContext context, RouteDecision? decision, Side side)
    {
        var hold = limits.TryEnter(context, decision, side);
        if (hold is null) metrics.Shed(decision, side);
        return hold;
    }

    /// <summary>The attempt is over, also when it has thrown; exactly once, before <see cref="Return"/>.</summary>
    public void Leave(Hold hold) => limits.Leave(hold);

    /// <summary>Nobody needs it any more.</summary>
    public void Return(Hold hold) => limits.Return(hold);

    /// <summary>Answers 503: legacy is full, and nobody else may answer.</summary>
    public Task RefuseAsync(HttpContext context, RouteDecision? decision) => refusal.WriteAsync(
        context, decision?.Operation[DecisionReason.Overload], StatusCodes.Status503ServiceUnavailable, Detail(decision?.Capability.Rules), RetryAfter);

    /// <summary>Whether the client asks too much; then <paramref name="answer"/> is what tells it so.</summary>
    public bool Refuses(HttpContext context, Plan plan, out Task answer)
    {
        answer = Task.CompletedTask;
        if (plan.Rules.RateLimit is not { } rules || rates.TryTake(context, plan.Rules, out var wait)) return false;
        metrics.RateLimited();
        if (wait < RetryAfter) wait = RetryAfter;
        answer = refusal.WriteAsync(context, null, StatusCodes.Status429TooManyRequests, string.Create(
            CultureInfo.InvariantCulture,
            $"One client may ask {rules.Rate} times a second, {rules.Burst} times at once, and has asked more; ask again in {Math.Ceiling(wait.TotalSeconds):0} s."), wait);
        return true;
    }

    private string Detail(CapabilityRules? rules)
    {
        var (limit, held) = (limits.Legacy.Limit, limits.Legacy.Held);
        var (priority, threshold) = (rules?.Priority ?? Priority.Normal, SideLimit.ThresholdOf(rules?.Priority ?? Priority.Normal));
        var share = rules is null
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $" and '{rules.Name}' may hold {SideLimit.Places(limit, rules.Bulkhead)}, of which it has {limits.Legacy.ShareOf(rules.Name).Held}");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"The monolith has {held} requests, limit {limit}, of which priority {KebabNames<Priority>.Of(priority)} may fill {SideLimit.Places(limit, threshold)}{share}: ask again in 1 s.");
    }
}
