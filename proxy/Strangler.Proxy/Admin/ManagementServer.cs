using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PrometheusText;
using Strangler.Proxy.Telemetry;

namespace Strangler.Proxy.Admin;

/// <summary>
/// A server of its own for admin API, probes and metrics, so that nothing of it can be reached through the edge's port, whatever the
/// path or Host of a request.
/// </summary>
internal sealed class ManagementServer(IServiceProvider edge, StranglerOptions options, ILoggerFactory logs) : IHostedService, IAsyncDisposable
{
    private const int MaxBody = 64 * 1024;
    private WebApplication? _app;

    /// <summary>Where it really listens; known after the start.</summary>
    public string Address => _app!.Urls.First();

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
        _app = builder.Build();
        MapProbes(_app);
        MapMetrics(_app);
        var token = edge.GetRequiredService<AdminToken>();
        ActivatorUtilities.CreateInstance<AdminEndpoints>(edge).Map(_app.MapGroup("/admin/v1").AddEndpointFilter((call, next) =>
            token.Accepts(call.HttpContext.Request.Headers.Authorization) ? next(call) : ValueTask.FromResult<object?>(Problem.Unauthorized())));
        return _app.StartAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => _app?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public ValueTask DisposeAsync() => _app?.DisposeAsync() ?? ValueTask.CompletedTask;

    // The edge starts only with a valid plan and never loses it, so both are true as long as this answers.
    private static void MapProbes(WebApplication app)
    {
        app.MapGet("/livez", () => TypedResults.Text("ok\n"));
        app.MapGet("/readyz", () => TypedResults.Text("ok\n"));
    }

    private void MapMetrics(WebApplication app)
    {
        var collector = new MetricsCollector([EdgeMetrics.MeterName, "System.Runtime", "Microsoft.AspNetCore.Hosting"], edge.GetService<IMeterFactory>());
        app.Lifetime.ApplicationStopped.Register(collector.Dispose);
        app.MapGet("/metrics", () => TypedResults.Text(collector.Scrape(), MetricsCollector.ContentType));
    }

    // Signals are the business of the edge's own host.
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
