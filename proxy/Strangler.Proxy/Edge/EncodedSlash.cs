using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Strangler.Core.Model;
using Yarp.ReverseProxy.Transforms;

namespace Strangler.Proxy.Edge;

/// <summary>
/// Keeps <c>%2F</c> as it came. Kestrel leaves it encoded in the path, because decoded it would make one segment two, and YARP 2.1 then
/// encodes its percent sign again: a product <c>AB/12</c> would be asked for as <c>AB%252F12</c>.
/// </summary>
internal static class EncodedSlash
{
    /// <summary>True for the few paths that need care.</summary>
    public static bool IsIn(PathString path) => path.HasValue && EncodedPath.HasSlash(path.Value);

    /// <summary>Sends the request target on exactly as the client wrote it.</summary>
    public static void KeepTarget(RequestTransformContext request)
    {
        var target = request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (target.StartsWith('/')) Send(request, target);
    }

    /// <summary>Sends the request to another path.</summary>
    /// <param name="request">The request.</param>
    /// <param name="path">The path, decoded but for its encoded slashes.</param>
    public static void Send(RequestTransformContext request, PathString path) =>
        Send(request, EncodedPath.Escape(path.Value!) + request.HttpContext.Request.QueryString);

    private static void Send(RequestTransformContext request, string target) =>
        request.ProxyRequest.RequestUri = new Uri(request.DestinationPrefix.TrimEnd('/') + target);
}
