using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Transforms;

namespace Strangler.Proxy.Edge;

/// <summary>
/// Keeps <c>%2F</c> as it came. Kestrel leaves it encoded in the path, because decoded it would make one segment two, and YARP 2.1 then
/// encodes its percent sign again: a product <c>AB/12</c> would be asked for as <c>AB%252F12</c>.
/// </summary>
internal static class EncodedSlash
{
    private const string Encoded = "%2F";

    /// <summary>True for the few paths that need care.</summary>
    public static bool IsIn(PathString path) => path.HasValue && path.Value.Contains(Encoded, StringComparison.OrdinalIgnoreCase);

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
        Send(request, ToTarget(path) + request.HttpContext.Request.QueryString);

    /// <summary>The path as it stands in a request line.</summary>
    /// <param name="path">The path, decoded but for its encoded slashes.</param>
    public static string ToTarget(PathString path)
    {
        var parts = path.Value!.Replace("%2f", Encoded, StringComparison.Ordinal).Split(Encoded);
        return string.Join(Encoded, parts.Select(Escape));
    }

    private static string Escape(string part) => string.Join('/', part.Split('/').Select(Uri.EscapeDataString));

    private static void Send(RequestTransformContext request, string target) =>
        request.ProxyRequest.RequestUri = new Uri(request.DestinationPrefix.TrimEnd('/') + target);
}
