using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Strangler.Core.Model;
using Strangler.IntegrationTests.Edge;
using Strangler.Proxy.Edge;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;

namespace Strangler.IntegrationTests.Resilience;

/// <summary>Three edges, one for each way in which data can be owned, before the same legacy and the same new sides, each of which fails in its own way.</summary>
internal sealed class FaultBench : IAsyncDisposable
{
    private readonly RawBackend _raw = new();
    private readonly RawHttp2Backend _http2 = new();
    private readonly BlackHole _hole = new();
    private readonly ConcurrentDictionary<string, int> _askedOfLegacy = new(StringComparer.Ordinal);
    private TestBackend? _legacy;

    /// <summary>By the word for who owns the data: legacy, new, retired.</summary>
    public Dictionary<string, FaultEdge> Edges { get; } = new(StringComparer.Ordinal);

    public static async Task<FaultBench> StartAsync()
    {
        var bench = new FaultBench();
        bench._legacy = await TestBackend.StartAsync(bench.AnswerAsync);
        foreach (var (owner, stage) in new[] { ("legacy", Stage.ReadCanary), ("new", Stage.NewPrimary), ("retired", Stage.Retired) })
        {
            var state = new CapabilityState(stage, stage == Stage.ReadCanary ? 100 : 0, Killed: false) { Everyone = stage == Stage.ReadCanary };
            bench.Edges[owner] = await FaultEdge.StartAsync(bench.Rules(), _ => state, services => services.AddSingleton<IProxyConfigFilter, PriorKnowledge>());
        }

        return bench;
    }

    /// <summary>The capability whose new side fails in that way.</summary>
    public static string CapabilityOf(string fault) => fault switch
    {
        "refused" or "tls" or "dns" or "black-hole" => fault,
        "hang" => "slow",
        _ when fault.StartsWith("h2-", StringComparison.Ordinal) => "h2",
        _ when fault.EndsWith("-opt", StringComparison.Ordinal) => "opt",
        _ => "raw",
    };

    public int AskedOfNew(string id) => _raw.Asked(id) + _http2.Asked(id);

    public int AskedOfLegacy(string id) => _askedOfLegacy.GetValueOrDefault(id);

    public void Break(string id) => _raw.Break(id);

    public async ValueTask DisposeAsync()
    {
        foreach (var edge in Edges.Values) await edge.DisposeAsync();
        await _raw.DisposeAsync();
        await _http2.DisposeAsync();
        _hole.Dispose();
        await _legacy!.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        _askedOfLegacy.AddOrUpdate(context.Request.Headers["X-Id"].ToString(), 1, (_, count) => count + 1);
        using var body = new StreamReader(context.Request.Body);
        context.Response.Headers["X-From"] = "legacy";
        await context.Response.WriteAsync($"legacy:{await body.ReadToEndAsync()}");
    }

    private string Rules() => string.Create(CultureInfo.InvariantCulture, $$"""
        apiVersion: strangler/v1
        legacy: { destinations: ["{{_legacy!.Address}}"] }
        capabilities:
        {{Capability("raw", "http://" + _raw.Address)}}
        {{Capability("opt", "http://" + _raw.Address, errors: true)}}
        {{Capability("slow", "http://" + _raw.Address, "1s")}}
        {{Capability("refused", "http://127.0.0.1:1")}}
        {{Capability("tls", "https://" + _raw.Address)}}
        {{Capability("dns", "http://nobody.invalid")}}
        {{Capability("black-hole", "http://" + _hole.Address)}}
        {{Capability("h2", "http://" + _http2.Address)}}
        """);

    private static string Capability(string name, string address, string timeout = "20s", bool errors = false) => $$"""
          {{name}}:
            new: { destinations: ["{{address}}"], timeout: {{timeout}} }
            fallback: { shared-key: Idempotency-Key, on-errors: {{(errors ? "true" : "false")}} }
            breaker: { min-results: 100000 }
            operations:
              - { match: "GET /{{name}}/read", semantics: safe }
              - { match: "POST /{{name}}/search", semantics: safe }
              - { match: "PUT /{{name}}/put", semantics: idempotent, data: legacy }
              - { match: "POST /{{name}}/keyed", semantics: keyed, data: legacy }
              - { match: "POST /{{name}}/none", semantics: none, data: legacy }
        """;

    // Over TLS the two ends agree on HTTP/2 themselves; without, somebody must know.
    private sealed class PriorKnowledge : IProxyConfigFilter
    {
        public ValueTask<ClusterConfig> ConfigureClusterAsync(ClusterConfig cluster, CancellationToken cancel) => ValueTask.FromResult(
            cluster.ClusterId != ProxyConfig.NewCluster("h2")
                ? cluster
                : cluster with { HttpRequest = (cluster.HttpRequest ?? ForwarderRequestConfig.Empty) with { Version = new Version(2, 0), VersionPolicy = HttpVersionPolicy.RequestVersionExact } });

        public ValueTask<RouteConfig> ConfigureRouteAsync(RouteConfig route, ClusterConfig? cluster, CancellationToken cancel) => ValueTask.FromResult(route);
    }
}
