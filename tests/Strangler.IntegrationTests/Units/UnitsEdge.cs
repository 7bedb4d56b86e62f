using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Strangler.Core.Model;
using Strangler.Core.Routing;
using Strangler.IntegrationTests.Edge;
using Strangler.Proxy;
using Strangler.Proxy.Admin;
using Strangler.Proxy.Plans;
using Strangler.Proxy.Units;

namespace Strangler.IntegrationTests.Units;

/// <summary>
/// The real edge with every way to know a unit. It believes forwarded headers of anybody, as a careless host would, and the headers
/// <c>X-Customer-Id</c> and <c>X-Customer-Groups</c> of 127.0.0.2 only.
/// </summary>
internal sealed class UnitsEdge : IAsyncDisposable
{
    public const string Token = "a-token-for-tests";
    public const string Capability = "catalog";
    public const double Share = 50;
    public const string UnitHeader = "X-Shopper";

    private const string ListedProxy = "127.0.0.2";

    private readonly string _folder;
    private readonly WebApplication _app;
    private readonly TestBackend _legacy;
    private readonly TestBackend _new;

    private UnitsEdge(WebApplication app, TestBackend legacy, TestBackend @new, string folder)
    {
        (_app, _legacy, _new, _folder) = (app, legacy, @new, folder);
        Stranger = ClientFrom("127.0.0.1", app.Urls.Single());
        Proxy = ClientFrom(ListedProxy, app.Urls.Single());
        Admin = new HttpClient { BaseAddress = new Uri(app.Services.GetServices<IHostedService>().OfType<ManagementServer>().Single().Address) };
        Admin.DefaultRequestHeaders.Authorization = new("Bearer", Token);
    }

    /// <summary>The keys with which this edge signs.</summary>
    public static string Keys { get; } = VisitorKeyRing.NewText();

    public HttpClient Stranger { get; }

    /// <summary>The proxy that the rules list.</summary>
    public HttpClient Proxy { get; }

    public HttpClient Admin { get; }

    public IEnumerable<BackendRequest> Seen => _legacy.Seen.Concat(_new.Seen);

    public Plan Plan => Plans.Current;

    private PlanHolder Plans => _app.Services.GetRequiredService<ControlPlane>().Plans;

    public static async Task<UnitsEdge> StartAsync(RequestDelegate? legacy = null)
    {
        var folder = Directory.CreateTempSubdirectory("units-").FullName;
        var (old, @new) = (await TestBackend.StartAsync(legacy ?? TestBackend.Text("legacy")), await TestBackend.StartAsync(TestBackend.Text("new")));
        var rules = Path.Combine(folder, "rules.yaml");
        await File.WriteAllTextAsync(rules, $$"""
            apiVersion: strangler/v1
            legacy: { destinations: ["{{old.Address}}"] }
            unit:
              account: { header: X-Customer-Id, from: [{{ListedProxy}}/32] }
              groups: { header: X-Customer-Groups, from: [{{ListedProxy}}/32] }
              session: { cookie: LegacySession }
              visitor: mint
            capabilities:
              {{Capability}}:
                new: { destinations: ["{{@new.Address}}"] }
                operations:
                  - { match: "GET /api/products/{sku}", semantics: safe }
                  - { match: "POST /api/products/{sku}", semantics: none }
            """);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = ForwardedHeaders.All;
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
        });
        builder.Services.AddStrangler(new StranglerOptions
        {
            Rules = rules,
            State = Path.Combine(folder, "state"),
            Management = "http://127.0.0.1:0",
            AdminToken = Token,
            VisitorKeys = Keys,
            UnitHeader = UnitHeader,
        });
        var app = builder.Build();
        app.UseForwardedHeaders();
        app.MapStrangler();
        await app.StartAsync();
        var edge = new UnitsEdge(app, old, @new, folder);
        edge.Stand(new CapabilityState(Stage.ReadCanary, Share, Killed: false));
        return edge;
    }

    /// <summary>Puts a plan into force in which the capability stands there.</summary>
    public void Stand(CapabilityState state)
    {
        var states = new Dictionary<string, CapabilityState>(StringComparer.Ordinal) { [Capability] = state };
        Plans.Swap(new Plan(Plan.Number + 1, Plan.Rules, states));
    }

    /// <summary>Unit number so-and-so of those whose bucket is inside the share.</summary>
    public static string UnitInside(int number) => string.Create(CultureInfo.InvariantCulture, $"inside-{number}-{Fit(number)}");

    public async ValueTask DisposeAsync()
    {
        Stranger.Dispose();
        Proxy.Dispose();
        Admin.Dispose();
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
        await _legacy.DisposeAsync();
        await _new.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static int Fit(int number) => Enumerable.Range(0, int.MaxValue)
        .First(i => Bucket.Of(string.Create(CultureInfo.InvariantCulture, $"inside-{number}-{i}"), Capability) < Bucket.Edge(Share));

    // Every address in 127.0.0.0/8 is ours to come from.
    private static HttpClient ClientFrom(string address, string edge) => new(new SocketsHttpHandler
    {
        UseCookies = false,
        AllowAutoRedirect = false,
        MaxConnectionsPerServer = 32,
        ConnectCallback = async (connection, cancel) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
            await socket.ConnectAsync(connection.DnsEndPoint, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    { BaseAddress = new Uri(edge) };
}
