using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Shouldly;
using Strangler.Core.Model;
using Strangler.IntegrationTests.Admin;
using Strangler.IntegrationTests.Edge;
using Strangler.Proxy;
using Strangler.Proxy.Admin;
using Strangler.Proxy.Plans;
using Strangler.Proxy.Shadow;

namespace Strangler.IntegrationTests.Shadow.Triage;

/// <summary>A real edge in the stage shadow between two backends, with its management port, and everything that it logs.</summary>
internal sealed class TriageEdge : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("triage-").FullName;
    private readonly LogCatcher _log = new();
    private WebApplication? _app;

    private TriageEdge(Backend legacy, Backend @new) => (Legacy, New) = (legacy, @new);

    public Backend Legacy { get; }

    public Backend New { get; }

    public HttpClient Client { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    public HttpClient Admin { get; } = new();

    /// <summary>Every line that was logged, exceptions included.</summary>
    public IReadOnlyCollection<string> LogLines => _log.Lines;

    public ShadowEvidence Evidence => Part<ShadowEvidence>();

    public T Part<T>()
        where T : notnull => _app!.Services.GetRequiredService<T>();

    /// <summary>Starts everything.</summary>
    /// <param name="legacy">How legacy answers.</param>
    /// <param name="new">How the new side answers.</param>
    /// <param name="compare">The compare rules.</param>
    /// <param name="store">Connection string of the control store; null for files.</param>
    public static async Task<TriageEdge> StartAsync(RequestDelegate legacy, RequestDelegate @new, string compare = "", string? store = null)
    {
        var edge = new TriageEdge(await Backend.StartAsync(legacy), await Backend.StartAsync(@new));
        await edge.WriteRulesAsync(compare);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(edge._log);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddStrangler(new StranglerOptions
        {
            Rules = edge.RulesFile,
            State = Path.Combine(edge._folder, "state"),
            Management = "http://127.0.0.1:0",
            AdminToken = TestEdge.Token,
            ControlStore = store,
            Edge = "triage",
        });
        edge._app = builder.Build();
        edge._app.MapStrangler();
        await edge._app.StartAsync(TestContext.Current.CancellationToken);
        edge.Client.BaseAddress = new Uri(edge._app.Urls.Single());
        edge.Admin.BaseAddress = new Uri(edge._app.Services.GetServices<IHostedService>().OfType<ManagementServer>().Single().Address);
        edge.Admin.DefaultRequestHeaders.Authorization = new("Bearer", TestEdge.Token);
        var moved = await edge.Part<ControlPlane>().MoveAsync(
            [new CapabilityMove("shop", new Move(Verb.Promote) { Stage = Stage.Shadow })], new ChangeRequest("test", "test", null, DryRun: false), TestContext.Current.CancellationToken);
        moved.Outcome.ShouldBe(ChangeOutcome.Done, moved.Message);
        return edge;
    }

    public string RulesFile => Path.Combine(_folder, "rules.yaml");

    public Task WriteRulesAsync(string compare) => File.WriteAllTextAsync(RulesFile, $$"""
        apiVersion: strangler/v1
        legacy: { destinations: ["{{Legacy.Address}}"] }
        unit: { session: { cookie: Session } }
        capabilities:
          shop:
            new: { destinations: ["{{New.Address}}"] }
            operations:
              - { match: "GET /things/{id}", new: "GET /v2/things/{id}", semantics: safe }
            shadow: { sample: 100%, cookie: Session, build: X-Build }
            compare:
              - { path: "$.price", show: true }
            {{compare}}

        """, TestContext.Current.CancellationToken);

    /// <summary>Sends a request and waits until the shadow is done with it.</summary>
    public async Task GetAsync(string target, Action<HttpRequestMessage>? more = null)
    {
        var before = Ended();
        using var request = new HttpRequestMessage(HttpMethod.Get, target);
        more?.Invoke(request);
        using var response = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        await ShadowedEdge.UntilAsync(() => Ended() > before, () => $"the exchange to end; seen: {Evidence.Snapshot("shop")}");
    }

    /// <summary>The groups as the admin API shows them.</summary>
    public async Task<JsonArray> GroupsAsync() => (await Admin.JsonAsync("/admin/v1/differences?capability=shop"))["groups"]!.AsArray();

    /// <summary>Judges the only group.</summary>
    public async Task<HttpResponseMessage> JudgeAsync(string fingerprint, string verb, object body, HttpClient? by = null, string ifMatch = "*", bool dryRun = false) =>
        await (by ?? Admin).SendJsonAsync(HttpMethod.Post, $"/admin/v1/differences/{fingerprint}:{verb}{(dryRun ? "?dryRun=true" : "")}", body, ifMatch);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        Admin.Dispose();
        if (_app is not null)
        {
            using var now = new CancellationTokenSource();
            await now.CancelAsync();
            await _app.StopAsync(now.Token);
            await _app.DisposeAsync();
        }

        _log.Dispose();
        await Legacy.DisposeAsync();
        await New.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private long Ended()
    {
        var seen = Evidence.Snapshot("shop");
        return seen.Compared + seen.Stale + seen.Undetermined + seen.Skipped.Values.Sum();
    }

    private sealed class LogCatcher : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        // Kestrel and YARP log the requests of clients at the lower levels; that is theirs to switch, not what the shadow keeps.
        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue($"{logLevel} {eventId} {formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
