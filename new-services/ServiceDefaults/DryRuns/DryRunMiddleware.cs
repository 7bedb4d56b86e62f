using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ServiceDefaults.DryRuns;

/// <summary>
/// Runs marked requests so that nothing of them stays: an endpoint whose changes all go through the unit of work runs as it is and is rolled back, and
/// any other one that may change something is refused with 501. Reads run as always.
/// </summary>
internal sealed class DryRunMiddleware(RequestDelegate next, IOptions<DryRunOptions> options)
{
    /// <summary>Tells whoever sent a marked request that nothing of it stays.</summary>
    public const string ResultHeader = "Dry-Run";

    /// <summary>What it says there.</summary>
    public const string RolledBack = "rolled-back";

    /// <summary>On each answer to a marked request: which build has given it.</summary>
    public const string VersionHeader = "X-Service-Version";

    /// <summary>Another one with each build.</summary>
    public static readonly string Version = $"{(Assembly.GetEntryAssembly() ?? typeof(DryRunMiddleware).Assembly).ManifestModule.ModuleVersionId:N}"[..12];

    public Task InvokeAsync(HttpContext context)
    {
        if (options.Value.Marker is not { Length: > 0 } marker || !context.Request.Headers.ContainsKey(marker)) return next(context);
        context.Response.Headers[VersionHeader] = Version;
        return IsRead(context.Request.Method) ? next(context) : RunAsync(context);
    }

    private Task RunAsync(HttpContext context)
    {
        switch (context.GetEndpoint()?.Metadata.GetMetadata<DryRunMetadata>()?.Kind)
        {
            case DryRunKind.UnitOfWork:
                context.RequestServices.GetRequiredService<UnitOfWork>().IsDryRun = true;
                break;
            case DryRunKind.ChangesNothing:
                break;
            case null when context.GetEndpoint() is null:
                // Nobody answers it but with 404 or 405.
                break;
            default:
                context.Response.StatusCode = StatusCodes.Status501NotImplemented;
                context.Response.Headers[ResultHeader] = RolledBack;
                return Task.CompletedTask;
        }

        // An exception handler clears the headers of an answer; this comes after it.
        context.Response.OnStarting(() =>
        {
            context.Response.Headers[ResultHeader] = RolledBack;
            context.Response.Headers[VersionHeader] = Version;
            return Task.CompletedTask;
        });
        return next(context);
    }

    private static bool IsRead(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method);
}
