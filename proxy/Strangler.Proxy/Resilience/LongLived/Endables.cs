using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Strangler.Proxy.Resilience.LongLived;

/// <summary>Prepares requests that announce a long life, so that they can be ended in an orderly way. Others cost a look at two headers.</summary>
internal static class Endables
{
    public const string EventStream = "text/event-stream";

    private const string WebSocket = "websocket";

    /// <summary>What can end the answer to this request; null for an ordinary one.</summary>
    public static IEndable? Prepare(HttpContext context)
    {
        var headers = context.Request.Headers;
        if (headers.Upgrade.Count > 0) return headers.Upgrade.ToString().Equals(WebSocket, StringComparison.OrdinalIgnoreCase) ? new WebSocketEnd(context) : null;
        if (headers.Accept is [{ } accept] && accept.Contains(EventStream, StringComparison.OrdinalIgnoreCase)) return new EventStreamEnd(context);
        return HttpMethods.IsConnect(context.Request.Method)
            && context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true, Protocol: WebSocket }
            ? new WebSocketEnd(context)
            : null;
    }
}
