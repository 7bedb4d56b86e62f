using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PrometheusText;
using Strangler.Proxy.Admin.Access;
using Strangler.Proxy.Admin.Idempotency;
using Strangler.Proxy.Plans;
using Strangler.Proxy.Resilience;
using Strangler.Proxy.Telemetry;

namespace Strangler.Proxy.Admin;

/// <summary>
/// A server of its own for admin API, probes and metrics, so that nothing of it can be reached through the edge's port, whatever the
/// path or Host of a request.
/// </summary>
internal sealed class ManagementServer(IServiceProvider edge, StranglerOptions options, ILoggerFactory logs) : IHostedService, IAsyncDisposable
{
    // Room for a thousand units and groups in one change.
    private const int MaxBody = 1024 * 1024;
    private const string StoreHeader = "Strangler-Store";
    private WebApplication? _app;

    /// <summary>Where it really listens; known after the start.</summary>
    public string Address => _app!.Urls.First();

    /// <summary>Every route that it serves.</summary>
    public IReadOnlyList<Endpoint> Routes => _app!.Services.GetRequiredService<EndpointDataSource>().Endpoints;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // An empty builder, because any other reads the addresses that are meant for the edge's own server from the environment.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseUrls(options.Management);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBody;
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(logs);
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.Configure<RouteHandlerOptions>(handlers => handlers.ThrowOnBadRequest = true);
        AdminDocument.AddTo(builder.Services);
        _app = builder.Build();
        var control = edge.GetRequiredService<ControlPlane>();
        _app.Use((context, next) =>
        {
            if (control.Health.IsStale) context.Response.Headers[StoreHeader] = "stale";
            return next(context);
        });
        // Explicit, so that the one who lets in sees which route was asked for.
        _app.UseRouting();
        _app.UseMiddleware<BadRequests>();
        _app.UseMiddleware<AccessMiddleware>(edge.GetRequiredService<Callers>());
        _app.UseMiddleware<IdempotencyMiddleware>(ActivatorUtilities.CreateInstance<IdempotencyKeys>(edge));
        MapProbes(_app, edge.GetRequiredService<Draining>());
        MapMetrics(_app);
        AdminRoutes.Map(_app, edge);
        return _app.StartAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => _app?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public ValueTask DisposeAsync() => _app?.DisposeAsync() ?? ValueTask.CompletedTask;

    // The edge starts only with a valid plan and never loses it, so it is ready as long as this answers, unless it was told to stop.
    // Backends do not count: to take every edge away because a service is down would take the whole shop away.
    private static void MapProbes(WebApplication app, Draining draining)
    {
        app.MapGet("/livez", () => TypedResults.Text("ok\n")).ExcludeFromDescription();
        app.MapGet("/readyz", () => draining.IsOn
            ? TypedResults.Text("stopping\n", statusCode: StatusCodes.Status503ServiceUnavailable)
            : TypedResults.Text("ok\n")).ExcludeFromDescription();
    }

    private void MapMetrics(WebApplication app)
    {
        var collector = new MetricsCollector([EdgeMetrics.MeterName, "System.Runtime"], edge.GetService<IMeterFactory>());
        app.Lifetime.ApplicationStopped.Register(collector.Dispose);
        app.MapGet("/metrics", () => TypedResults.Text(collector.Scrape(), MetricsCollector.ContentType)).ExcludeFromDescription();
    }

    // Signals are the business of the edge's own host.
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
