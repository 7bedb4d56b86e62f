using Microsoft.AspNetCore.Http;
using Strangler.Core.Routing;

namespace Strangler.Proxy.Edge;

/// <summary>The decision of a request, as the edge has made it.</summary>
public static class DecisionExtensions
{
    /// <summary>The decision; null when no capability claims the request.</summary>
    public static RouteDecision? GetDecision(this HttpContext context) => context.Features.Get<RouteDecision>();
}
