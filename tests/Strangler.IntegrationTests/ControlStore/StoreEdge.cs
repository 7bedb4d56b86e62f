using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Shouldly;
using Strangler.Core.Model;
using Strangler.IntegrationTests.Edge;
using Strangler.Proxy;
using Strangler.Proxy.Admin;
using Strangler.Proxy.Plans;

namespace Strangler.IntegrationTests.ControlStore;

/// <summary>One real edge of several, in this process, in front of backends that it does not own.</summary>
internal sealed class StoreEdge : IAsyncDisposable
{
    private readonly WebApplication _app;

    private StoreEdge(WebApplication app) => _app = app;

    public ControlPlane Control => _app.Services.GetRequiredService<ControlPlane>();

    public string Address => _app.Urls.Single();

    /// <summary>An operator with the right token, at this edge's management port.</summary>
    public HttpClient Admin { get; private set; } = null!;

    /// <summary>Starts an edge.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="folder">Where rules.yaml is, and the state goes.</param>
    /// <param name="store">Connection string of the store; null for files.</param>
    /// <param name="time">Its clock; null for the real one.</param>
    /// <param name="more">Other services; null for none.</param>
    public static async Task<StoreEdge> StartAsync(string name, string folder, string? store, TimeProvider? time = null, Action<IServiceCollection>? more = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        if (time is not null) builder.Services.AddSingleton(time);
        builder.Services.AddStrangler(new StranglerOptions
        {
            Rules = Path.Combine(folder, "rules.yaml"),
            State = Path.Combine(folder, name),
            Management = "http://127.0.0.1:0",
            DecisionHeader = true,
            AdminToken = TestEdge.Token,
            Edge = name,
            ControlStore = store,
        });
        more?.Invoke(builder.Services);
        var app = builder.Build();
        app.MapStrangler();
        try
        {
            await app.StartAsync(TestContext.Current.CancellationToken);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        var edge = new StoreEdge(app)
        {
            Admin = new HttpClient { BaseAddress = new Uri(app.Services.GetServices<IHostedService>().OfType<ManagementServer>().Single().Address) },
        };
        edge.Admin.DefaultRequestHeaders.Authorization = new("Bearer", TestEdge.Token);
        return edge;
    }

    public Task<ChangeResult> MoveAsync(Verb verb, double? share = null, Stage? stage = null, long? expected = null, bool everyone = false) => Control.MoveAsync(
        [new CapabilityMove("catalog", new Move(verb) { Share = share, Stage = stage, Everyone = everyone })],
        new ChangeRequest("operator", "a test", expected, DryRun: false), TestContext.Current.CancellationToken);

    /// <summary>A move that must succeed.</summary>
    public async Task<ChangeResult> MustAsync(Verb verb, double? share = null, Stage? stage = null, bool everyone = false)
    {
        var result = await MoveAsync(verb, share, stage, everyone: everyone);
        result.Outcome.ShouldBe(ChangeOutcome.Done, result.Message);
        return result;
    }

    public CapabilityState Catalog => Control.Plans.Current.FindCapability("catalog")!.State;

    public long Plan => Control.Plans.Current.Number;

    public async Task<HttpResponseMessage> GetAsync(HttpClient client, string session, string target = "/api/products/X")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Address + target);
        request.Headers.Add("Cookie", $"LegacySession={session}");
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>A kill over the admin API.</summary>
    public async Task<JsonNode> KillAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/admin/v1/capabilities/catalog:kill") { Content = JsonContent.Create(new { reason = "a fire" }) };
        request.Headers.TryAddWithoutValidation("If-Match", "*");
        using var response = await Admin.SendAsync(request, TestContext.Current.CancellationToken);
        response.IsSuccessStatusCode.ShouldBeTrue(await response.TextAsync());
        return (await response.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken))!;
    }

    public async ValueTask DisposeAsync()
    {
        Admin.Dispose();
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }
}
