using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Strangler.IntegrationTests.Edge;

/// <summary>A real server on a loopback port that answers as a test says, and remembers what it was asked. It can die and come back.</summary>
internal sealed class TestBackend : IAsyncDisposable
{
    private readonly ConcurrentQueue<BackendRequest> _seen = new();
    private WebApplication? _app;
    private int _started;

    private TestBackend(RequestDelegate answer) => Answer = answer;

    /// <summary>What it does with a request; may be replaced at any time.</summary>
    public RequestDelegate Answer { get; set; }

    public string Address { get; private set; } = "http://127.0.0.1:0";

    public IReadOnlyList<BackendRequest> Seen => [.. _seen];

    /// <summary>How many requests it was asked so far.</summary>
    public int Started => Volatile.Read(ref _started);

    public static async Task<TestBackend> StartAsync(RequestDelegate answer)
    {
        var backend = new TestBackend(answer);
        await backend.ReviveAsync();
        return backend;
    }

    /// <summary>Answers everything with one text.</summary>
    public static RequestDelegate Text(string body, int status = StatusCodes.Status200OK) => context =>
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsync(body, context.RequestAborted);
    };

    /// <summary>Breaks the connection before anything was answered.</summary>
    public static Task Reset(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    /// <summary>Never answers; ends when the caller gives up.</summary>
    public static async Task Hang(HttpContext context)
    {
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = context.RequestAborted.Register(gone.SetResult);
        await gone.Task;
    }

    /// <summary>Refuses connections from now on.</summary>
    public async Task DieAsync()
    {
        if (_app is null) return;
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
        _app = null;
    }

    /// <summary>Listens again, on the same port.</summary>
    public async Task ReviveAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(Address);
        _app = builder.Build();
        _app.Run(context =>
        {
            Interlocked.Increment(ref _started);
            _seen.Enqueue(new BackendRequest(
                context.Request.Method,
                context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
                context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase)));
            return Answer(context);
        });
        await _app.StartAsync();
        Address = _app.Urls.Single();
    }

    public async ValueTask DisposeAsync() => await DieAsync();
}
