using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Strangler.Core.Model;
using Strangler.Core.Resilience;
using Strangler.Core.Routing;
using Strangler.Proxy.Edge;
using Strangler.Proxy.Resilience.Bodies;
using Yarp.ReverseProxy.Transforms;

namespace Strangler.Proxy.Resilience;

/// <summary>Asks the fallback table about a request whose attempt at the new side has ended otherwise than with an answer.</summary>
internal static class Failures
{
    /// <summary>A response transform: keeps the body of a failure back, so that the response can still become legacy's.</summary>
    public static ValueTask HoldBack(ResponseTransformContext context)
    {
        if (context.ProxyResponse is not { } response) return ValueTask.CompletedTask;
        var outcome = Attempts.Of((int)response.StatusCode);
        if (outcome == AttemptOutcome.Answered) return ValueTask.CompletedTask;
        NotExecutedFeature.Take(context.HttpContext);
        if (context.HttpContext.GetDecision() is { Side: Side.New } decision && ActionAfter(context.HttpContext, decision, outcome) == FallbackAction.FallBack)
        {
            context.SuppressResponseBody = true;
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>What the table says, and whether there is still a body to ask legacy with.</summary>
    public static FallbackAction ActionAfter(HttpContext context, RouteDecision decision, AttemptOutcome outcome)
    {
        var request = decision.Operation.Fallback with
        {
            HasSharedKey = HasKey(context, decision.Capability.Rules.Fallback), SaidNotExecuted = NotExecutedFeature.IsOn(context),
        };
        var action = FallbackTable.Decide(outcome, request);
        if (action != FallbackAction.FallBack || context.Features.Get<RequestBody>() is not { CanBeSent: false }) return action;
        return outcome switch
        {
            AttemptOutcome.NotSent => FallbackAction.Refuse,
            AttemptOutcome.NoAnswer => FallbackAction.Fail,
            _ => FallbackAction.PassThrough,
        };
    }

    private static bool HasKey(HttpContext context, FallbackRules rules) =>
        rules.SharedKey is { } name && !StringValues.IsNullOrEmpty(context.Request.Headers[name]);
}
