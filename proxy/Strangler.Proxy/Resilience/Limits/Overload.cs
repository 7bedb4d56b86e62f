using System.Globalization;
using Microsoft.AspNetCore.Http;
using Strangler.Core.Model;
using Strangler.Core.Resilience;
using Strangler.Core.Routing;
using Strangler.Proxy.Plans;
using Strangler.Proxy.Resilience.RateLimits;

namespace Strangler.Proxy.Resilience.Limits;

/// <summary>What the request path asks about overload: whether there is room, and the answer when there is none.</summary>
internal sealed class Overload(ConcurrencyLimits limits, ClientRates rates, LimitMetrics metrics, Refusals refusals, PlanHolder plans)
{
    /// <summary>Enters the limit of a side for one attempt; null, and counted, when it is full. Leave it with <see cref="Leave"/>.</summary>
    /// <param name="context">The request.</param>
    /// <param name="decision">Its decision; null when no capability claims it.</param>
    /// <param name="side">The side that is about to be asked.</param>
    public Hold? TryEnter(HttpContext context, RouteDecision? decision, Side side)
    {
        var hold = limits.TryEnter(context, decision, side);
        if (hold is null) metrics.Shed(decision, side);
        return hold;
    }

    /// <summary>Ends what <see cref="TryEnter"/> began; exactly once, also when the attempt has thrown.</summary>
    public void Leave(Hold hold, AttemptOutcome outcome) => limits.Leave(hold, outcome);

    /// <summary>Answers 503: the side is full, and nobody else may answer.</summary>
    public Task RefuseAsync(HttpContext context, RouteDecision? decision, Side side) => refusals.OverloadedAsync(
        context, decision, (decision?.Capability.Plan ?? plans.Current).Number, Detail(decision, side));

    /// <summary>Whether the client asks too much; then <paramref name="answer"/> is what tells it so.</summary>
    public bool Refuses(HttpContext context, Plan plan, out Task answer)
    {
        answer = Task.CompletedTask;
        if (plan.Rules.RateLimit is not { } rules || rates.TryTake(context, plan.Rules, out var retryAfter)) return false;
        metrics.RateLimited();
        answer = refusals.RateLimitedAsync(context, plan.Number, string.Create(
            CultureInfo.InvariantCulture,
            $"one client may ask {rules.Rate} times a second, {rules.Burst} times at once, and has asked more; try again in {Math.Ceiling(Math.Max(1, retryAfter.TotalSeconds)):0} s"), retryAfter);
        return true;
    }

    private string Detail(RouteDecision? decision, Side side)
    {
        var rules = decision?.Capability.Rules;
        if (side == Side.New) return string.Create(CultureInfo.InvariantCulture, $"the new side of {rules!.Name} has {limits.NewSide(rules).Held} requests, limit {limits.NewSide(rules).Limit}; try again in 1 s");
        var (limit, held) = (limits.Legacy.Limit, limits.Legacy.Held);
        var (priority, threshold) = (rules?.Priority ?? Priority.Normal, SideLimit.ThresholdOf(rules?.Priority ?? Priority.Normal));
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"legacy has {held} requests, limit {limit}, of which priority {KebabNames<Priority>.Of(priority)} may fill {SideLimit.Places(limit, threshold)}");
        if (rules is null) return $"{text}; try again in 1 s";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{text} and {rules.Name} may hold {SideLimit.Places(limit, rules.Bulkhead)}, of which it has {limits.Legacy.ShareOf(rules.Name).Held}; try again in 1 s");
    }
}
