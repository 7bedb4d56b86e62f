using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Strangler.IntegrationTests.Shadow;

/// <summary>A real server on a loopback port that answers as a test says, and remembers what it was asked.</summary>
internal sealed class Backend : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<SeenRequest> _seen = new();

    private Backend(RequestDelegate answer)
    {
        Answer = answer;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(async context =>
        {
            if (BeforeBody is { } before) await before(context);
            using var body = new StreamReader(context.Request.Body);
            var text = await body.ReadToEndAsync(context.RequestAborted);
            _seen.Enqueue(new SeenRequest(
                context.Request.Method,
                context.Request.Path + context.Request.QueryString,
                context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
                text));
            context.Items["body"] = text;
            await Answer(context);
        });
    }

    /// <summary>What it does with a request; may be replaced at any time.</summary>
    public RequestDelegate Answer { get; set; }

    /// <summary>What it does before it reads the body of a request; null for nothing.</summary>
    public RequestDelegate? BeforeBody { get; set; }

    public string Address => _app.Urls.Single();

    public IReadOnlyList<SeenRequest> Seen => [.. _seen];

    public static async Task<Backend> StartAsync(RequestDelegate answer)
    {
        var backend = new Backend(answer);
        await backend._app.StartAsync();
        return backend;
    }

    /// <summary>Answers everything with one JSON text.</summary>
    public static RequestDelegate Json(string body, int status = StatusCodes.Status200OK) => context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body, context.RequestAborted);
    };

    /// <summary>Accepts a request and never answers it.</summary>
    public static Task Hang(HttpContext context)
    {
        var gone = new TaskCompletionSource();
        context.RequestAborted.Register(gone.SetResult);
        return gone.Task;
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }
}
