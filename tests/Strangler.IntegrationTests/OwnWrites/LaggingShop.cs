using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Strangler.Core.Model;
using Strangler.Core.Routing;
using Strangler.IntegrationTests.Edge;
using Strangler.IntegrationTests.Shadow;
using Strangler.Proxy;
using Strangler.Proxy.Adapters;
using Strangler.Proxy.Plans;
using Strangler.Proxy.Telemetry;
using Strangler.Proxy.Units;

namespace Strangler.IntegrationTests.OwnWrites;

/// <summary>
/// Real edges in front of a shop whose new side gets every write of the monolith some seconds late. All reads are on the new side. A thing is
/// one text, written by <c>POST /things/ID</c>, by <c>POST /forms/ID</c> with a redirect to the thing, and by <c>POST /unclaimed/ID</c>,
/// of which the rules know nothing.
/// </summary>
internal sealed class LaggingShop : IAsyncDisposable
{
    public const string Capability = "shop";

    private static readonly string Keys = VisitorKeyRing.NewText();

    private readonly ConcurrentDictionary<string, ConcurrentQueue<(DateTimeOffset Committed, string Text)>> _things = new(StringComparer.Ordinal);
    private readonly string _folder = Directory.CreateTempSubdirectory("lagging-").FullName;
    private readonly List<WebApplication> _edges = [];
    private readonly TimeSpan _lag;
    private TestBackend _legacy = null!;
    private TestBackend _new = null!;

    private LaggingShop(TimeSpan lag) => _lag = lag;

    public FakeAdapters Adapters { get; private set; } = null!;

    /// <summary>Reads that the edges have kept on legacy because of an own write.</summary>
    public long OwnWriteReads => _edges.Sum(edge => edge.Services.GetRequiredService<EdgeMetrics>().Of(Capability).OwnWriteReads);

    /// <summary>True when the last look of every edge has failed.</summary>
    public bool AdaptersAreAway => _edges.TrueForAll(edge => edge.Services.GetRequiredService<AdapterView>().Current is null);

    public TestBackend Legacy => _legacy;

    /// <summary>Starts the shop. Its adapters tell the truth about the lag until a test says otherwise.</summary>
    /// <param name="lag">How long a write needs to the new side.</param>
    /// <param name="edges">How many edges there are.</param>
    public static async Task<LaggingShop> StartAsync(TimeSpan lag, int edges = 1)
    {
        var shop = new LaggingShop(lag);
        shop._legacy = await TestBackend.StartAsync(shop.AnswerLegacyAsync);
        shop._new = await TestBackend.StartAsync(shop.AnswerNewAsync);
        shop.Adapters = await FakeAdapters.StartAsync();
        shop.Adapters.Tell(() => TimeProvider.System.GetUtcNow() - lag);
        for (var i = 0; i < edges; i++) await shop.StartEdgeAsync(i);
        await shop.Adapters.LookedAtTwiceAsync();
        return shop;
    }

    /// <summary>A browser, or a client that forgets every cookie.</summary>
    public ThingClient Client(bool keepsCookies = true) => new([.. _edges.Select(edge => new Uri(edge.Urls.Single()))], keepsCookies);

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        foreach (var edge in _edges)
        {
            await edge.StopAsync(now.Token);
            await edge.DisposeAsync();
        }

        await Adapters.DisposeAsync();
        await _legacy.DisposeAsync();
        await _new.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task AnswerLegacyAsync(HttpContext context)
    {
        var parts = context.Request.Path.Value!.Split('/');
        var log = _things.GetOrAdd(parts[2], _ => []);
        if (HttpMethods.IsGet(context.Request.Method))
        {
            await context.Response.WriteAsync(log.LastOrDefault().Text ?? "", context.RequestAborted);
            return;
        }

        using var reader = new StreamReader(context.Request.Body);
        var text = await reader.ReadToEndAsync(context.RequestAborted);
        lock (log) log.Enqueue((TimeProvider.System.GetUtcNow(), text));
        if (parts[1] == "forms") context.Response.Redirect($"/things/{parts[2]}");
        else if (text.StartsWith("break", StringComparison.Ordinal)) context.Abort();
    }

    // What was committed more than the lag ago has been applied, as the watermark says.
    private Task AnswerNewAsync(HttpContext context)
    {
        var horizon = TimeProvider.System.GetUtcNow() - _lag;
        var log = _things.GetOrAdd(context.Request.Path.Value!.Split('/')[2], _ => []);
        return context.Response.WriteAsync(log.LastOrDefault(write => write.Committed <= horizon).Text ?? "", context.RequestAborted);
    }

    private async Task StartEdgeAsync(int number)
    {
        var folder = Path.Combine(_folder, number.ToString(CultureInfo.InvariantCulture));
        Directory.CreateDirectory(folder);
        var rules = Path.Combine(folder, "rules.yaml");
        await File.WriteAllTextAsync(rules, $$"""
            apiVersion: strangler/v1
            legacy: { destinations: ["{{_legacy.Address}}"] }
            unit: { session: { cookie: Session } }
            adapters: { status: "{{Adapters.Address}}" }
            capabilities:
              {{Capability}}:
                new: { destinations: ["{{_new.Address}}"] }
                operations:
                  - { match: "GET /things/{id}", semantics: safe }
                  - { match: "POST /things/{id}", semantics: none }
              pages:
                new: { destinations: ["{{_new.Address}}"] }
                operations: [ { match: "POST /forms/{id}", semantics: none, affects: [{{Capability}}] } ]
            """);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(new AdapterOptions { Poll = TimeSpan.FromMilliseconds(20) });
        builder.Services.AddStrangler(new StranglerOptions
        {
            Rules = rules, State = Path.Combine(folder, "state"), Management = "http://127.0.0.1:0", DecisionHeader = true, VisitorKeys = Keys,
        });
        var edge = builder.Build();
        edge.MapStrangler();
        await edge.StartAsync();
        _edges.Add(edge);
        var plans = edge.Services.GetRequiredService<ControlPlane>().Plans;
        plans.Swap(new Plan(plans.Current.Number + 1, plans.Current.Rules, new Dictionary<string, CapabilityState>(StringComparer.Ordinal)
        {
            [Capability] = new(Stage.ReadCanary, 100, Killed: false) { Everyone = true },
        }));
    }
}
