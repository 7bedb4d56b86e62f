using Microsoft.AspNetCore.Http;
using Strangler.Proxy.Plans;

namespace Strangler.Proxy.Admin;

/// <summary>Says what the framework would only number: a query that cannot be read, a body that is too large, a store that is away.</summary>
internal sealed class BadRequests(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (BadHttpRequestException error) when (!context.Response.HasStarted)
        {
            await Problem.Invalid(error.Message).ExecuteAsync(context);
        }
        catch (ControlStoreException error) when (!context.Response.HasStarted)
        {
            await Problem.Unavailable(error.Message).ExecuteAsync(context);
        }
    }
}
