using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ServiceDefaults.DryRuns;

/// <summary>
/// Dry runs: whoever wants to know how the service would answer a write, and wants nothing of it to stay, marks the request with the configured header.
/// </summary>
public static class DryRunExtensions
{
    /// <summary>Where the service says that it has dry runs, and by which header it knows them.</summary>
    public const string Path = "/.well-known/dry-run";

    /// <summary>Adds the <see cref="UnitOfWork"/> of a request. Needs the service's database.</summary>
    /// <param name="builder">The application to be.</param>
    /// <returns>The same builder.</returns>
    public static WebApplicationBuilder AddDryRuns(this WebApplicationBuilder builder)
    {
        builder.Services.Configure<DryRunOptions>(builder.Configuration.GetSection("DryRun"));
        builder.Services.AddScoped<UnitOfWork>();
        return builder;
    }

    /// <summary>Runs marked requests so that nothing of them stays, and says so at <see cref="Path"/> if a marker is configured. Call it before the endpoints are mapped.</summary>
    /// <param name="app">The application.</param>
    /// <returns>The same application.</returns>
    public static WebApplication UseDryRuns(this WebApplication app)
    {
        // Explicit, so that the endpoint is known to whoever must judge it.
        app.UseRouting();
        app.UseMiddleware<DryRunMiddleware>();
        if (app.Services.GetRequiredService<IOptions<DryRunOptions>>().Value.Marker is { Length: > 0 } marker)
        {
            app.MapGet(Path, () => TypedResults.Ok(new { result = DryRunMiddleware.RolledBack, marker, build = DryRunMiddleware.Version })).ExcludeFromDescription();
        }

        return app;
    }

    /// <summary>Promises that all changes of the endpoint go through the <see cref="UnitOfWork"/>, events included, so that a dry run of it leaves nothing.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <returns>The same endpoint.</returns>
    public static TBuilder InUnitOfWork<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new DryRunMetadata(DryRunKind.UnitOfWork));

    /// <summary>Promises that the endpoint changes nothing although it is asked by POST, such as a search.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <returns>The same endpoint.</returns>
    public static TBuilder ChangesNothing<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new DryRunMetadata(DryRunKind.ChangesNothing));
}
