using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using Strangler.Proxy.Plans;

namespace Strangler.Proxy.Features;

/// <summary>
/// <c>GET /features</c> of the admin API: the definitions for applications with Microsoft.FeatureManagement. The ETag is the plan, so that an
/// application which asks again and again is told 304 until something has changed.
/// </summary>
internal sealed class FeatureEndpoint(PlanHolder plans)
{
    private readonly PublishedFeatures _published = new();

    public RouteHandlerBuilder Map(RouteGroupBuilder admin) => admin.MapGet("/features", Get);

    private FileContentHttpResult Get(HttpContext context)
    {
        var plan = plans.Current;
        var tag = new EntityTagHeaderValue(string.Create(CultureInfo.InvariantCulture, $"\"{plan.Number}\""));
        context.Response.Headers.CacheControl = "private, no-cache";
        return TypedResults.Bytes(_published.Of(plan), "application/json", entityTag: tag);
    }
}
