using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Strangler.Core.Admin;
using Strangler.Proxy.Admin.Access;
using Strangler.Proxy.Admin.Idempotency;

namespace Strangler.Proxy.Admin;

/// <summary>The words in which <see cref="AdminRoutes"/> describes a route.</summary>
internal static class RouteWords
{
    private const string Json = "application/json";

    /// <summary>The right that the caller must have at least.</summary>
    public static T Needs<T>(this T route, Right right)
        where T : IEndpointConventionBuilder => route.WithMetadata(new RightNeeded(right));

    /// <summary>It takes an Idempotency-Key.</summary>
    public static RouteHandlerBuilder Repeatable(this RouteHandlerBuilder route) => route.WithMetadata(MayRepeat.Yes);

    public static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder route)
        where T : notnull => route.Accepts<T>(Json);

    public static RouteHandlerBuilder Answers<T>(this RouteHandlerBuilder route, string summary) =>
        route.Describe(summary).Produces<T>(StatusCodes.Status200OK, Json);

    public static RouteHandlerBuilder Describe(this RouteHandlerBuilder route, string summary) =>
        route.WithSummary(summary).Refuses(StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden);

    /// <summary>The problems that it may answer.</summary>
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder route, params ReadOnlySpan<int> statuses)
    {
        foreach (var status in statuses) route.Produces<AdminProblem>(status, Problem.MediaType);
        return route;
    }
}
