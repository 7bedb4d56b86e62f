using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ServiceDefaults.AccessLog;

/// <summary>Adds and uses the access log.</summary>
internal static class AccessLogExtensions
{
    /// <summary>Reads section <c>AccessLog</c>.</summary>
    public static void AddAccessLog(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<AccessLogOptions>().BindConfiguration(AccessLogOptions.Section);
        builder.Services.AddSingleton<AccessLogFile>();
    }

    /// <summary>Logs every request when a path is configured; a path that cannot be opened stops the start.</summary>
    public static void UseAccessLog(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<AccessLogOptions>>().Value.Path.Length == 0)
        {
            return;
        }

        var file = app.Services.GetRequiredService<AccessLogFile>();
        var time = app.Services.GetRequiredService<TimeProvider>();
        app.Use((context, next) => LogAsync(context, next, file, time));
    }

    private static async Task LogAsync(HttpContext context, RequestDelegate next, AccessLogFile file, TimeProvider time)
    {
        var started = time.GetUtcNow();
        var stamp = time.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            file.Write(new AccessLogEntry(started, time.GetElapsedTime(stamp), context));
        }
    }
}
