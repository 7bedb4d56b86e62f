using Microsoft.AspNetCore.Http;
using Strangler.Core.Routing;

namespace Strangler.Proxy.Edge;

/// <summary>Tells the client the decision, when that is switched on.</summary>
internal sealed class DecisionHeader(StranglerOptions options)
{
    public const string Name = "Strangler-Decision";

    public void Write(HttpContext context, RouteDecision? decision)
    {
        if (options.DecisionHeader && decision is not null) context.Response.Headers[Name] = decision.HeaderValue;
    }
}
