using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using PrometheusText;

namespace ServiceDefaults.Probes;

/// <summary><c>/metrics</c> for Prometheus.</summary>
internal static class MetricsExtensions
{
    private static readonly string[] Meters =
        ["Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Npgsql", "System.Runtime"];

    /// <summary>Listens to the meters of ASP.NET, the server, the database driver and the runtime.</summary>
    public static void AddMetrics(this WebApplicationBuilder builder) =>
        builder.Services.AddSingleton(services => new MetricsCollector(Meters, services.GetRequiredService<IMeterFactory>()));

    /// <summary>Starts to count now, not at the first scrape, and maps the page.</summary>
    public static void MapMetrics(this WebApplication app)
    {
        var collector = app.Services.GetRequiredService<MetricsCollector>();
        app.MapGet("/metrics", () => TypedResults.Text(collector.Scrape(), MetricsCollector.ContentType))
            .ExcludeFromDescription();
    }
}
