using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Strangler.Core.Model;
using Strangler.Core.Resilience;
using Strangler.Core.Routing;
using Strangler.Proxy.Edge;
using Strangler.Proxy.Telemetry;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Transforms;

namespace Strangler.Proxy.Resilience;

/// <summary>
/// Stands around the forwarder: one attempt at the side that was picked and, where the table allows it, one at legacy. The only place of the
/// request path that awaits an attempt, so that what it costs is paid once.
/// </summary>
internal sealed class ResilienceMiddleware(
    RequestDelegate next, IProxyStateLookup proxy, DecisionHeader header, EdgeMetrics metrics, ILogger<ResilienceMiddleware> log)
{
    /// <summary>A response transform: keeps the body of a failure back, so that the response can still become legacy's.</summary>
    public static ValueTask HoldBackFailure(ResponseTransformContext context)
    {
        if (context.ProxyResponse is { } response && MayFallBack(Attempts.Of((int)response.StatusCode)) && CanFallBack(context.HttpContext))
        {
            context.SuppressResponseBody = true;
        }

        return ValueTask.CompletedTask;
    }

    public async Task InvokeAsync(HttpContext context)
    {
        await next(context);
        var outcome = Attempts.OutcomeOf(context);
        if (!MayFallBack(outcome) || !CanFallBack(context) || context.Response.HasStarted) return;

        var operation = context.GetDecision()!.Operation;
        if (!proxy.TryGetRoute(ProxyConfig.RouteId(operation.Id, Side.Legacy), out var route)
            || !proxy.TryGetCluster(ProxyConfig.LegacyCluster, out var cluster))
        {
            return;
        }

        log.FellBack(operation.Id, outcome.ToString());
        metrics.Fallback(operation.Capability);
        context.Response.Clear();
        context.Features.Set<IForwarderErrorFeature>(null);
        context.Features.Set(FallbackFeature.Instance);
        header.Write(context, operation[DecisionReason.Fallback]);
        context.ReassignProxyRequest(route, cluster);
        await next(context);
    }

    private static bool MayFallBack(AttemptOutcome outcome) =>
        outcome is AttemptOutcome.NotSent or AttemptOutcome.NoAnswer or AttemptOutcome.Busy or AttemptOutcome.Unavailable;

    private static bool CanFallBack(HttpContext context) =>
        context.GetDecision() is { Side: Side.New }
        && context.Features.Get<FallbackFeature>() is null
        && (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
        && context.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: true };
}
