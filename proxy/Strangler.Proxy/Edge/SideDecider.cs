using Microsoft.AspNetCore.Http;
using Strangler.Core.Model;
using Strangler.Core.Routing;
using Strangler.Proxy.OwnWrites;
using Strangler.Proxy.Plans;
using Strangler.Proxy.Resilience.Breakers;
using Strangler.Proxy.Shadow.Sampling;
using Strangler.Proxy.Units;

namespace Strangler.Proxy.Edge;

/// <summary>Decides the side of a request that calls an operation. Allocates nothing for a client that it knows, with writes of its own or without.</summary>
internal sealed class SideDecider(PlanHolder plans, RequestPlan requestPlan, UnitReader units, VisitorAnswers visitors, OwnWriteCheck ownWrites, BreakerBoard breakers)
{
    /// <summary>
    /// The decision; null when the plan does not have the operation. If the new side was chosen, the request has entered the plan's count,
    /// which the caller must leave with <see cref="PlanHolder.Leave"/>.
    /// </summary>
    public RouteDecision? Decide(HttpContext context, string operationId)
    {
        var plan = requestPlan.Of(context);
        while (true)
        {
            if (plan.FindOperation(operationId) is not { } operation) return null;
            var identity = units.Read(context, plan.Rules.Unit);
            var decision = Decider.Decide(operation, identity.Requester);
            if (decision.Side == Side.New && MayMissAWrite(operation) && ownWrites.IsPending(context, decision.Capability)) decision = operation[DecisionReason.OwnWrite];
            decision = breakers.Decide(decision, identity.Requester.Unit);
            if (decision.Side == Side.Legacy || plans.TryEnter(decision.Capability))
            {
                Remember(context, plan, decision, identity);
                return decision;
            }

            plan = requestPlan.Take(context);
        }
    }

    // Only reads of what the adapters bring over can be behind; an owner misses nothing, and a write that goes into the monolith's store neither.
    private static bool MayMissAWrite(OperationPlan operation) =>
        operation.Rules.Semantics == Semantics.Safe && operation.Capability.Owner == Side.Legacy;

    private void Remember(HttpContext context, Plan plan, RouteDecision decision, in Identity identity)
    {
        context.Features.Set(decision);
        if (UnitSample.Of(decision, identity.Requester.Unit) is { } sample) context.Features.Set(sample);
        if (identity.Step > VisitorStep.Mint && !PageRequest.Is(context.Request)) visitors.Expect(context, plan.Rules.Unit);
    }
}
