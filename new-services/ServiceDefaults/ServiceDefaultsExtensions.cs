using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ServiceDefaults.AccessLog;
using ServiceDefaults.Probes;

namespace ServiceDefaults;

/// <summary>What every service of the house gets in two lines.</summary>
public static class ServiceDefaultsExtensions
{
    /// <summary>A request in flight has this many seconds to end after the process was told to stop.</summary>
    public const int ShutdownSeconds = 5;

    /// <summary>The largest request body accepted, in bytes; a larger one is answered with 413.</summary>
    public const int MaxRequestBodyBytes = 64 * 1024;

    /// <summary>
    /// Adds problem details (RFC 9457), quiet logging, health checks, metrics, the access log and the optional settings file.
    /// </summary>
    /// <remarks>
    /// Configuration: <c>Settings:File</c>, a JSON file that overrides the rest and is read again when it changes;
    /// <c>AccessLog:Path</c> and <c>AccessLog:Headers</c>, see <see cref="AccessLogOptions"/>. All are optional.
    /// </remarks>
    /// <param name="builder">The application to be.</param>
    /// <returns>The same builder.</returns>
    public static WebApplicationBuilder AddServiceDefaults(this WebApplicationBuilder builder)
    {
        builder.AddSettingsFile();
        builder.AddQuietLogging();
        builder.AddAccessLog();
        builder.AddMetrics();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddProblemDetails();
        builder.Services.AddHealthChecks();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(ShutdownSeconds));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxRequestBodyBytes;
        });
        return builder;
    }

    /// <summary>
    /// Puts the access log and the error answers in front of everything else, and maps <c>/livez</c>, <c>/readyz</c> and
    /// <c>/metrics</c>. Call it before any other middleware.
    /// </summary>
    /// <param name="app">The application.</param>
    /// <returns>The same application.</returns>
    public static WebApplication UseServiceDefaults(this WebApplication app)
    {
        app.UseAccessLog();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.MapProbes();
        app.MapMetrics();
        return app;
    }

    private static void AddQuietLogging(this WebApplicationBuilder builder)
    {
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
        });
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);

        // A failing check is logged once when it turns, by the check itself, and not again for each probe.
        builder.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
    }
}
