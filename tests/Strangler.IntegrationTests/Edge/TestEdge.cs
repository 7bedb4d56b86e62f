using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Shouldly;
using Strangler.Core.Routing;
using Strangler.Proxy;
using Strangler.Proxy.Admin;

namespace Strangler.IntegrationTests.Edge;

/// <summary>The real edge in this process, on ports of its own, between two real backends. Its one capability is <c>catalog</c>.</summary>
internal sealed class TestEdge : IAsyncDisposable
{
    public const string Token = "a-token-for-tests";
    public const string Decision = "Strangler-Decision";
    private const string Any = "*";

    private readonly string _folder = Directory.CreateTempSubdirectory("edge-").FullName;
    private WebApplication? _app;

    private TestEdge(TestBackend legacy, TestBackend @new)
    {
        Legacy = legacy;
        New = @new;
    }

    public TestBackend Legacy { get; }

    public TestBackend New { get; }

    /// <summary>A client of the shop.</summary>
    public HttpClient Client { get; private set; } = null!;

    /// <summary>An operator with the right token.</summary>
    public HttpClient Admin { get; private set; } = null!;

    /// <summary>Every route of the management port.</summary>
    public IReadOnlyList<Endpoint> AdminRoutes => _app!.Services.GetServices<IHostedService>().OfType<ManagementServer>().Single().Routes;

    /// <summary>A part of the edge.</summary>
    public T Part<T>()
        where T : notnull => _app!.Services.GetRequiredService<T>();

    /// <summary>The folder with rules, state and audit log.</summary>
    public string Folder => _folder;

    public string RulesFile => Path.Combine(_folder, "rules.yaml");

    /// <summary>Starts both backends, which answer with the name of their side unless told otherwise, and the edge at stage legacy.</summary>
    public static async Task<TestEdge> StartAsync(RequestDelegate? legacy = null, RequestDelegate? @new = null, string timeout = "10s")
    {
        var edge = new TestEdge(
            await TestBackend.StartAsync(legacy ?? TestBackend.Text("legacy")), await TestBackend.StartAsync(@new ?? TestBackend.Text("new")));
        await File.WriteAllTextAsync(edge.RulesFile, edge.Rules(timeout));
        await edge.StartEdgeAsync();
        return edge;
    }

    /// <summary>The same with the reads of everyone, or of a share, on the new side.</summary>
    public static async Task<TestEdge> StartCanaryAsync(
        RequestDelegate? legacy = null, RequestDelegate? @new = null, double share = 100, string timeout = "10s")
    {
        var edge = await StartAsync(legacy, @new, timeout);
        await edge.ChangeAsync("promote", new { reason = "test" });
        await edge.ChangeAsync("promote", new { reason = "test", share });
        if (share >= 100) await edge.ChangeAsync("promote", new { reason = "test", everyone = true });
        return edge;
    }

    /// <summary>A session whose bucket is inside, or outside, a share.</summary>
    public static string SessionAt(double share, bool inside) => Enumerable.Range(0, int.MaxValue)
        .Select(i => string.Create(CultureInfo.InvariantCulture, $"session-{i}"))
        .First(session => Bucket.Of(session, "catalog") < Bucket.Edge(share) == inside);

    public string Rules(string timeout = "10s", string more = "") => $$"""
        apiVersion: strangler/v1
        legacy: { destinations: ["{{Legacy.Address}}"] }
        unit: { session: { cookie: LegacySession } }
        capabilities:
          catalog:
            new: { destinations: ["{{New.Address}}"], timeout: {{timeout}} }
            operations:
              - { match: "GET /api/products", new: "GET /v1/products", semantics: safe }
              - { match: "GET /api/products/{sku}", new: "GET /v1/products/{sku}", semantics: safe }
              - { match: "GET /api/files/{**path}", new: "GET /v1/files/{**path}", semantics: safe }
              - { match: "POST /api/products", new: "POST /v1/products", semantics: none }
        {{more}}
        """;

    public Task<HttpResponseMessage> GetAsync(string target, string? session = null) => SendAsync(HttpMethod.Get, target, session);

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string target, string? session = null)
    {
        var request = new HttpRequestMessage(method, AddressOf(target));
        if (session is not null) request.Headers.Add("Cookie", $"theme=dark; LegacySession={session}");
        return Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>The address of a target at the edge, not made prettier by <see cref="Uri"/>.</summary>
    public Uri AddressOf(string target) =>
        new(_app!.Urls.Single() + target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

    /// <summary>A change that must succeed.</summary>
    public async Task<JsonNode> ChangeAsync(string verb, object body)
    {
        using var response = await TryChangeAsync(verb, body, verb == "kill" ? Any : $"\"{await PlanAsync()}\"");
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync<JsonNode>())!;
    }

    public async Task<HttpResponseMessage> TryChangeAsync(string verb, object body, string? plan, string capability = "catalog", string query = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/admin/v1/capabilities/{capability}:{verb}{query}")
        {
            Content = JsonContent.Create(body),
        };
        if (plan is not null) request.Headers.TryAddWithoutValidation("If-Match", plan);
        return await Admin.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public async Task<HttpResponseMessage> ApplyRulesAsync(string query = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/admin/v1/rules:apply" + query) { Content = JsonContent.Create(new { reason = "test" }) };
        request.Headers.TryAddWithoutValidation("If-Match", $"\"{await PlanAsync()}\"");
        return await Admin.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public async Task<JsonNode> CatalogAsync() => (await Admin.GetFromJsonAsync<JsonNode>("/admin/v1/capabilities/catalog"))!;

    public async Task<long> PlanAsync() => (long)(await Admin.GetFromJsonAsync<JsonNode>("/admin/v1/capabilities"))!["plan"]!;

    /// <summary>Stops the edge and starts another one with the same rules and state.</summary>
    public async Task RestartAsync()
    {
        await StopEdgeAsync();
        await StartEdgeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopEdgeAsync();
        await Legacy.DisposeAsync();
        await New.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task StartEdgeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddStrangler(new StranglerOptions
        {
            Rules = RulesFile,
            State = Path.Combine(_folder, "state"),
            Management = "http://127.0.0.1:0",
            DecisionHeader = true,
            AdminToken = Token,
        });
        _app = builder.Build();
        _app.MapStrangler();
        await _app.StartAsync();
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        Admin = new HttpClient { BaseAddress = new Uri(_app.Services.GetServices<IHostedService>().OfType<ManagementServer>().Single().Address) };
        Admin.DefaultRequestHeaders.Authorization = new("Bearer", Token);
    }

    private async Task StopEdgeAsync()
    {
        Client.Dispose();
        Admin.Dispose();
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app!.StopAsync(now.Token);
        await _app.DisposeAsync();
    }
}
