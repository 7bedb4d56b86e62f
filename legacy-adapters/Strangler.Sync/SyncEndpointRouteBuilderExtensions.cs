using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PrometheusText;
using Strangler.Core.Adapters;
using Strangler.Sync;
using Strangler.Sync.Api;
using Strangler.Sync.Installing;
using Strangler.Sync.Reconciling;
using Strangler.Sync.Status;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps what the engine tells about itself.</summary>
public static class SyncEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps <c>/v1/watermark</c>, <c>/livez</c>, <c>/readyz</c> (503 while a stream is stopped) and <c>/metrics</c>, none of which needs a
    /// token, so listen on loopback or a management network; and the rest of the API, which wants the token of <c>Sync:Token</c> or
    /// <c>Sync:TokenFile</c>.
    /// </summary>
    public static void MapSyncStatus(this IEndpointRouteBuilder endpoints)
    {
        var engine = endpoints.ServiceProvider.GetRequiredService<SyncEngine>();
        var metrics = new MetricsCollector([SyncMeter.Name], endpoints.ServiceProvider.GetRequiredService<IMeterFactory>());
        endpoints.MapGet("/v1/watermark", () => Results.Json(engine.Report(), AdaptersJson.Default.AdaptersReport)).Produces<AdaptersReport>()
            .WithSummary("How far each stream is");
        endpoints.MapGet("/livez", () => Results.Text("ok"));
        endpoints.MapGet("/readyz", () => engine.IsReady
            ? Results.Text("ok")
            : Results.Json(engine.Report(), AdaptersJson.Default.AdaptersReport, statusCode: StatusCodes.Status503ServiceUnavailable));
        endpoints.MapGet("/metrics", () => Results.Text(metrics.Scrape(), MetricsCollector.ContentType));
        var reconciler = endpoints.ServiceProvider.GetRequiredService<Reconciler>();
        var guarded = endpoints.MapGroup("/v1").AddEndpointFilter(endpoints.ServiceProvider.GetRequiredService<TokenGuard>())
            .WithMetadata(new RequestSizeLimitAttribute(RequestBody.MaxBytes));
        guarded.MapPreview(endpoints.ServiceProvider.GetRequiredService<Previewer>());
        guarded.MapOperating(engine, reconciler, endpoints.ServiceProvider.GetRequiredService<TimeProvider>());
        var streams = guarded.MapGroup("/streams");
        streams.MapReconciling(reconciler);
        streams.MapDeadLetters(reconciler);
    }
}
