using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ServiceDefaults.Probes;

/// <summary><c>/livez</c> and <c>/readyz</c>.</summary>
internal static class ProbeExtensions
{
    /// <summary>
    /// <c>/livez</c> asks no dependency: a restart would not bring one back. <c>/readyz</c> asks all, and its body names each
    /// with the reason why it is not ready.
    /// </summary>
    public static void MapProbes(this WebApplication app)
    {
        app.MapHealthChecks("/livez", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteAsync });
        app.MapHealthChecks("/readyz", new HealthCheckOptions { ResponseWriter = WriteAsync });
    }

    private static Task WriteAsync(HttpContext context, HealthReport report)
    {
        var checks = report.Entries.Select(entry => new ProbeCheck(
            entry.Key,
            entry.Value.Status == HealthStatus.Healthy ? "ok" : "failed",
            entry.Value.Description ?? entry.Value.Exception?.Message));
        return context.Response.WriteAsJsonAsync(
            new ProbeAnswer(report.Status == HealthStatus.Healthy ? "ok" : "failed", [.. checks]));
    }
}
