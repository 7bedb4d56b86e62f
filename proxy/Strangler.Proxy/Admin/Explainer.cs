using System.Globalization;
using Microsoft.AspNetCore.Http;
using Strangler.Core.Admin;
using Strangler.Core.Model;
using Strangler.Core.Routing;
using Strangler.Proxy.Plans;
using Strangler.Proxy.Resilience.Breakers;

namespace Strangler.Proxy.Admin;

/// <summary>Says for one request where it would go and why, with the decider of the request path.</summary>
internal sealed class Explainer(PlanHolder plans, BreakerBoard breakers)
{
    public ExplainAnswer Explain(string method, string path, string? unit, string? groups)
    {
        var plan = plans.Current;
        path = PathString.FromUriComponent(path.Split('?', 2)[0]).Value!;
        if (plan.Match(method, path) is not { } operation)
        {
            return new ExplainAnswer(
                "legacy", "no-capability", $"No capability claims {method} {path}, so it goes to legacy.", plan.Number,
                Target: Join(plan.Rules.Legacy.Destinations[0], path));
        }

        var decision = breakers.Decide(Decider.Decide(operation, new Requester(unit, groups)), unit);
        var capability = operation.Capability;
        var bucket = string.IsNullOrEmpty(unit) || unit.Length > Bucket.MaxUnitLength
            ? (double?)null
            : Bucket.ToPercent(Bucket.Of(unit, capability.Rules.Name));
        var target = decision.Side == Side.New
            ? Join(capability.Rules.New.Destinations[0], operation.Rules.NewPattern.Fill(operation.Rules.Pattern.Match(path)!))
            : Join(plan.Rules.Legacy.Destinations[0], path);
        return new ExplainAnswer(
            RouteDecision.ToName(decision.Side), RouteDecision.ToName(decision.Reason), ByBreaker(decision) ?? Sentence(decision, bucket), plan.Number,
            capability.Rules.Name, operation.Id, capability.State.Stage.ToName(), capability.State.Share, bucket, target,
            $"capability {capability.Rules.Name}, operation {capability.Operations.ToList().IndexOf(operation) + 1} of {capability.Operations.Count}, {KebabNames<Semantics>.Of(operation.Rules.Semantics)}",
            Otherwise(operation, decision, bucket) + AfterAWrite(operation, decision));
    }

    // What stands in the way of the other side, and what would take it away.
    private static string Otherwise(OperationPlan operation, RouteDecision decision, double? bucket)
    {
        var (name, state) = (decision.Capability.Rules.Name, decision.Capability.State);
        var place = bucket?.ToString("0.###", CultureInfo.InvariantCulture);
        if (decision.Capability.Owner == Side.New) return $"not legacy: the new side owns the data of '{name}' until it is moved back";
        return decision.Reason switch
        {
            DecisionReason.Killed => $"not new until the kill is ended: strangler rollback {name}",
            DecisionReason.BreakerOpen or DecisionReason.BreakerRefused => $"new when the breaker of new lets it in again; at once: strangler breaker reset {name}",
            DecisionReason.Excluded => $"not new while it is excluded: strangler exclude {name} --remove",
            DecisionReason.Included => $"legacy when it is excluded, or no longer included and the share is not above {place} %",
            DecisionReason.Everyone => $"legacy when the unit is excluded, the share is lowered, or the capability is killed",
            DecisionReason.NoUnit => $"not new before everyone is admitted: strangler promote {name} --everyone, at 100 %",
            DecisionReason.InsideShare => $"legacy when the share is {place} % or less, the unit is excluded, or the capability is killed",
            DecisionReason.OutsideShare => $"new when the share is above {place} %, or the unit is included",
            _ when !operation.MovesWithReads => $"not new: only safe reads go to the new side at {state.Stage.ToName()}, and data cannot move yet",
            _ => $"not new at {state.Stage.ToName()}; from read-canary on the share decides",
        };
    }

    // Who writes, and when, stands in cookies: what is explained here is asked without.
    private static string AfterAWrite(OperationPlan operation, RouteDecision decision)
    {
        if (operation.Capability.Plan.Rules.Adapters is null) return "";
        if (decision.Side == Side.New) return "; and after a write of the client's own (own-write), until the adapters have brought it over";
        var kept = operation.Changes.Where(name => operation.Capability.Plan.FindCapability(name)?.FollowsLegacy == true).ToList();
        return kept.Count == 0 ? "" : $"; after it the client's reads of {string.Join(", ", kept)} stay on legacy until the adapters have brought it over";
    }

    private string? ByBreaker(RouteDecision decision)
    {
        if (decision.Reason is not (DecisionReason.BreakerOpen or DecisionReason.BreakerRefused)) return null;
        var capability = decision.Capability;
        var why = breakers.Status(capability, Side.New, capability.State.NewBreaker.Isolated).Sentence ?? "the breaker of new has just closed";
        return decision.Reason == DecisionReason.BreakerOpen
            ? $"It would go to the new side, but legacy answers it: {why}."
            : $"It would go to the new side and nobody else may do it, so it is refused with 503: {why}.";
    }

    private static string Sentence(RouteDecision decision, double? bucket)
    {
        var (name, state) = (decision.Capability.Rules.Name, decision.Capability.State);
        var share = state.Share.ToString("0.###", CultureInfo.InvariantCulture);
        var place = bucket?.ToString("0.###", CultureInfo.InvariantCulture);
        return decision.Reason switch
        {
            DecisionReason.Killed when decision.Side == Side.New => $"'{name}' is killed, and its data is on the new side, so everything goes there until the data is moved back.",
            DecisionReason.Killed => $"'{name}' is killed, so everything goes to legacy.",
            DecisionReason.Everyone => $"'{name}' has everyone's reads on the new side, clients without identity included.",
            DecisionReason.NoUnit => $"The request names no unit, and such clients are admitted last, by promote --everyone (share now {share} %).",
            DecisionReason.Excluded => "The unit, or a group of it, was excluded by an operator, so it stays on legacy.",
            DecisionReason.Included => "The unit, or a group of it, was included by an operator, so it goes to the new side.",
            DecisionReason.InsideShare when state.Share >= 100 => "All units are on the new side (share 100 %).",
            DecisionReason.InsideShare => $"The unit's bucket is at {place} %, inside the share of {share} %, so it goes to the new side.",
            DecisionReason.OutsideShare => $"The unit's bucket is at {place} %, outside the share of {share} %, so it stays on legacy.",
            _ => $"'{name}' is at {state.Stage.ToName()}, where this operation goes to {RouteDecision.ToName(decision.Side)}.",
        };
    }

    private static string Join(Uri destination, string path) => destination.GetLeftPart(UriPartial.Authority) + path;
}
