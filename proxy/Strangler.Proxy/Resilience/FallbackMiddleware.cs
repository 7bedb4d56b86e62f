using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Strangler.Core.Model;
using Strangler.Core.Routing;
using Strangler.Proxy.Edge;
using Strangler.Proxy.Telemetry;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Transforms;

namespace Strangler.Proxy.Resilience;

/// <summary>
/// Asks legacy once when the new side cannot answer a GET or HEAD: connection refused or reset, timeout, no destination, or a 429, 502,
/// 503 or 504, as long as nothing has gone to the client.
/// </summary>
internal sealed class FallbackMiddleware(
    RequestDelegate next, IProxyStateLookup proxy, DecisionHeader header, EdgeMetrics metrics, ILogger<FallbackMiddleware> log)
{
    /// <summary>A response transform: keeps the body of a failure back, so that the response can still become legacy's.</summary>
    public static ValueTask HoldBackFailure(ResponseTransformContext context)
    {
        if (context.ProxyResponse is { } response && IsUnavailable((int)response.StatusCode) && CanFallBack(context.HttpContext))
        {
            context.SuppressResponseBody = true;
        }

        return ValueTask.CompletedTask;
    }

    public async Task InvokeAsync(HttpContext context)
    {
        await next(context);
        if (!CanFallBack(context) || context.Response.HasStarted || context.RequestAborted.IsCancellationRequested) return;
        if (Failure(context) is not { } failure) return;

        var operation = context.GetDecision()!.Operation;
        if (!proxy.TryGetRoute(ProxyConfig.RouteId(operation.Id, Side.Legacy), out var route)
            || !proxy.TryGetCluster(ProxyConfig.LegacyCluster, out var cluster))
        {
            return;
        }

        log.FellBack(operation.Id, failure);
        metrics.Fallback(operation.Capability);
        context.Response.Clear();
        context.Features.Set<IForwarderErrorFeature>(null);
        context.Features.Set(FallbackFeature.Instance);
        header.Write(context, operation[DecisionReason.Fallback]);
        context.ReassignProxyRequest(route, cluster);
        await next(context);
    }

    private static bool CanFallBack(HttpContext context) =>
        context.GetDecision() is { Side: Side.New }
        && context.Features.Get<FallbackFeature>() is null
        && (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
        && context.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: true };

    private static string? Failure(HttpContext context)
    {
        if (context.Features.Get<IForwarderErrorFeature>() is { } error) return error.Error.ToString();
        return IsUnavailable(context.Response.StatusCode) ? $"status {context.Response.StatusCode}" : null;
    }

    private static bool IsUnavailable(int status) => status is
        StatusCodes.Status429TooManyRequests or StatusCodes.Status502BadGateway or StatusCodes.Status503ServiceUnavailable
        or StatusCodes.Status504GatewayTimeout;
}
