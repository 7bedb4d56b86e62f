using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Strangler.Benchmarks.Proxying;

/// <summary>Answers everything with the same 1 KiB.</summary>
internal static class Backend
{
    private const int Size = 1024;

    public static Task RunAsync(string address)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls(address);
        var app = builder.Build();
        var body = new byte[Size];
        Array.Fill(body, (byte)'x');
        app.Run(async context =>
        {
            context.Response.ContentLength = Size;
            await context.Response.BodyWriter.WriteAsync(body);
        });
        return app.RunAsync();
    }
}
