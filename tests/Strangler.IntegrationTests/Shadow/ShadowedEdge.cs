using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Shouldly;
using Strangler.Core.Admin;
using Strangler.Core.Model;
using Strangler.Proxy;
using Strangler.Proxy.Adapters;
using Strangler.Proxy.Admin;
using Strangler.Proxy.Plans;
using Strangler.Proxy.Shadow;
using Strangler.Proxy.Shadow.Bodies;
using Strangler.Proxy.Shadow.Triage;

namespace Strangler.IntegrationTests.Shadow;

/// <summary>A real edge between two backends, with its one capability in the stage shadow.</summary>
internal sealed class ShadowedEdge : IAsyncDisposable
{
    private const string AdminToken = "shadowed-edge-token";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly ChangeRequest Change = new("test", "test", null, DryRun: false);

    private readonly string _folder = Directory.CreateTempSubdirectory("edge-").FullName;
    private WebApplication? _app;

    private ShadowedEdge(Backend legacy, Backend @new)
    {
        Legacy = legacy;
        New = @new;
    }

    public Backend Legacy { get; }

    public Backend New { get; }

    /// <summary>What a shell needs to use the edge's admin API.</summary>
    public IReadOnlyDictionary<string, string?> Variables => new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["STRANGLER_URL"] = _app!.Services.GetServices<IHostedService>().OfType<ManagementServer>().Single().Address,
        ["STRANGLER_TOKEN"] = AdminToken,
    };

    public HttpClient Client { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, MaxConnectionsPerServer = 1 });

    /// <summary>A client with as many connections as it takes.</summary>
    public HttpClient Shoppers { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    public ShadowStatus Evidence => EvidenceOf("shop");

    public IReadOnlyList<DifferenceGroup> Groups => _app!.Services.GetRequiredService<GroupReader>().Own("shop");

    public ShadowOptions Options => _app!.Services.GetRequiredService<ShadowOptions>();

    public long BytesHeld => _app!.Services.GetRequiredService<ByteBudget>().Used;

    public bool IsKilled => Control.Plans.Current.FindCapability("shop")!.State.Killed;

    public int Waiting => _app!.Services.GetRequiredService<ShadowQueue>().Count;

    /// <summary>Starts both backends and the edge.</summary>
    /// <param name="legacy">How legacy answers.</param>
    /// <param name="new">How the new side answers.</param>
    /// <param name="options">Bounds; short times by default, so that waiting for a bound is quick.</param>
    /// <param name="adapters">Base address of the adapters; null for none.</param>
    /// <param name="newAddress">Where the rules say that the new side is; its backend by default.</param>
    /// <param name="sample">The share that is copied.</param>
    /// <param name="more">More capabilities, as they stand in the rules; they are put into the stage shadow too.</param>
    /// <param name="operations">More operations of the capability.</param>
    /// <param name="services">What the edge shall use instead of its own.</param>
    /// <param name="rest">What follows the capability's compare rules: more of them, and other sections of it.</param>
    public static async Task<ShadowedEdge> StartAsync(
        Microsoft.AspNetCore.Http.RequestDelegate legacy,
        Microsoft.AspNetCore.Http.RequestDelegate @new,
        ShadowOptions? options = null,
        string? adapters = null,
        string? newAddress = null,
        string sample = "100%",
        string more = "",
        string operations = "",
        Action<IServiceCollection>? services = null,
        string rest = "")
    {
        var edge = new ShadowedEdge(await Backend.StartAsync(legacy), await Backend.StartAsync(@new));
        await edge.StartEdgeAsync(options ?? new ShadowOptions(), adapters, newAddress ?? edge.New.Address, sample, more, operations, services, rest);
        return edge;
    }

    public ShadowStatus EvidenceOf(string capability) => _app!.Services.GetRequiredService<ShadowEvidence>().Snapshot(capability);

    public Task KillAsync() => MoveAsync(new Move(Verb.Kill));

    /// <summary>Waits until so many requests have come to an end in the shadow, one way or another.</summary>
    public Task AllEndedAsync(long count, string capability = "shop") => UntilAsync(
        () => Ended(EvidenceOf(capability)) >= count,
        () => $"{count} requests to end; seen: {EvidenceOf(capability)} {string.Join(' ', EvidenceOf(capability).Skipped)}");

    /// <summary>Waits for a condition, generously.</summary>
    public static async Task UntilAsync(Func<bool> condition, Func<string> what)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            (TimeProvider.System.GetElapsedTime(started) < Patience).ShouldBeTrue($"waited for {what()}");
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        Shoppers.Dispose();
        if (_app is not null)
        {
            using var now = new CancellationTokenSource();
            await now.CancelAsync();
            await _app.StopAsync(now.Token);
            await _app.DisposeAsync();
        }

        await Legacy.DisposeAsync();
        await New.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private ControlPlane Control => _app!.Services.GetRequiredService<ControlPlane>();

    private static long Ended(ShadowStatus status) =>
        status.Compared + status.Stale + status.Undetermined + status.Skipped.Values.Sum();

    private async Task StartEdgeAsync(ShadowOptions options, string? adapters, string newAddress, string sample, string more, string operations, Action<IServiceCollection>? services, string rest)
    {
        var rules = Path.Combine(_folder, "rules.yaml");
        await File.WriteAllTextAsync(rules, $$"""
            apiVersion: strangler/v1
            legacy: { destinations: ["{{Legacy.Address}}"] }
            unit: { session: { cookie: Session } }
            {{(adapters is null ? "" : $"adapters: {{ status: \"{adapters}\" }}")}}
            capabilities:
              shop:
                team: test
                authority: global
                new: { destinations: ["{{newAddress}}"] }
                operations:
                  - { match: "GET /things/{id}", new: "GET /v2/things/{id}", semantics: safe }
                  - { match: "POST /things", new: "POST /v2/things", semantics: none }
            {{operations}}
                shadow: { sample: {{sample}} }
                compare:
                  - { path: "$.at", shape: instant, within: 5s }
                  - { path: "$.price", show: true }
            {{rest}}
            {{more}}
            """);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        services?.Invoke(builder.Services);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(new AdapterOptions { Poll = TimeSpan.FromMilliseconds(20) });
        builder.Services.AddStrangler(new StranglerOptions
        {
            Rules = rules,
            State = Path.Combine(_folder, "state"),
            Management = "http://127.0.0.1:0",
            AdminToken = AdminToken,
        });
        _app = builder.Build();
        _app.MapStrangler();
        await _app.StartAsync();
        Client.BaseAddress = Shoppers.BaseAddress = new Uri(_app.Urls.Single());
        foreach (var capability in Control.Plans.Current.Capabilities) await MoveAsync(new Move(Verb.Promote) { Stage = Stage.Shadow }, capability.Rules.Name);
    }

    private async Task MoveAsync(Move move, string capability = "shop")
    {
        var moved = await Control.MoveAsync([new CapabilityMove(capability, move)], Change, CancellationToken.None);
        moved.Outcome.ShouldBe(ChangeOutcome.Done, moved.Message);
    }
}
