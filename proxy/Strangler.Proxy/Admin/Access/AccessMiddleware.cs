using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Strangler.Core.Admin;

namespace Strangler.Proxy.Admin.Access;

/// <summary>
/// Stands before every route of the admin API: first the token, then the role. A route without a declared right is never served, and a
/// stranger does not even learn which routes there are.
/// </summary>
internal sealed class AccessMiddleware(RequestDelegate next, Callers callers)
{
    public static readonly PathString Admin = "/admin";

    public Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments(Admin, StringComparison.OrdinalIgnoreCase)) return next(context);
        if (callers.Find(context.Request.Headers.Authorization) is not { } caller)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            return Problem.Unauthorized().ExecuteAsync(context);
        }

        context.Features.Set(caller);
        return Refusal(context, caller) is { } refusal ? refusal.ExecuteAsync(context) : next(context);
    }

    private static IResult? Refusal(HttpContext context, Caller caller)
    {
        var endpoint = context.GetEndpoint();
        if (endpoint is null) return Problem.NotFound($"there is no {context.Request.Method} {context.Request.Path}; /admin/v1/openapi.json names the routes");
        if (endpoint is not RouteEndpoint) return Problem.MethodNotAllowed(context);
        if (endpoint.Metadata.GetMetadata<RightNeeded>() is not { Right: var right }) return Problem.Forbidden("this route says nothing about who may call it");
        var isPreview = right is Right.Judge or Right.Lower or Right.Raise && DryRun.IsAsked(context.Request);
        return Problem.Unless(caller, isPreview ? Right.Look : right);
    }
}
