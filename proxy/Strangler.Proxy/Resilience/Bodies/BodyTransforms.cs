using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Transforms;

namespace Strangler.Proxy.Resilience.Bodies;

/// <summary>What a request carries to a backend instead of the client's own stream.</summary>
internal static class BodyTransforms
{
    /// <summary>Sends a kept body.</summary>
    public static ValueTask SendKept(RequestTransformContext request)
    {
        if (request.ProxyRequest.Content is { } stream && request.HttpContext.Features.Get<RequestBody>()?.ToContent() is { } kept)
        {
            foreach (var (name, values) in stream.Headers.NonValidated) kept.Headers.TryAddWithoutValidation(name, values);
            request.ProxyRequest.Content = kept;
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>
    /// Gives a request that must not be done twice a body, if only an empty one. Without it the handler repeats the request by itself when a connection
    /// that it had used before closes without an answer, whatever the method: the backend may have executed it.
    /// </summary>
    public static ValueTask KeepFromRepeating(RequestTransformContext request)
    {
        if (request.ProxyRequest.Content is null && !IsUpgrade(request.HttpContext.Request)) request.ProxyRequest.Content = new ByteArrayContent([]);
        return ValueTask.CompletedTask;
    }

    /// <summary>The same for a request of which nothing is known but its method: those that RFC 9110, 9.2.2 calls idempotent may be repeated.</summary>
    public static ValueTask KeepWritesFromRepeating(RequestTransformContext request)
    {
        var method = request.HttpContext.Request.Method;
        return HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsPut(method) || HttpMethods.IsDelete(method)
            || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method)
            ? ValueTask.CompletedTask
            : KeepFromRepeating(request);
    }

    private static bool IsUpgrade(HttpRequest request) => request.Headers.Upgrade.Count > 0 || HttpMethods.IsConnect(request.Method);
}
