using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Strangler.Core.Audit;
using Strangler.Core.Model;
using Strangler.Core.Rules;
using Strangler.Proxy;
using Strangler.Proxy.Admin;
using Strangler.Proxy.Plans;

namespace Strangler.IntegrationTests.Resilience;

/// <summary>The real edge with any rules, and with capabilities at stages to which no transition leads yet.</summary>
internal sealed class FaultEdge : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fault-edge-").FullName;
    private WebApplication? _app;

    public HttpClient Client { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    public string Address => _app!.Urls.Single();

    /// <summary>Where metrics are scraped.</summary>
    public string Management => _app!.Services.GetServices<IHostedService>().OfType<ManagementServer>().Single().Address;

    /// <summary>Starts an edge.</summary>
    /// <param name="rules">Its rules.</param>
    /// <param name="state">Where a capability stands.</param>
    /// <param name="configure">What a host would add.</param>
    public static async Task<FaultEdge> StartAsync(string rules, Func<CapabilityRules, CapabilityState> state, Action<IServiceCollection>? configure = null)
    {
        var edge = new FaultEdge();
        var file = Path.Combine(edge._folder, "rules.yaml");
        await File.WriteAllTextAsync(file, rules);
        var parsed = RulesParser.Parse([new RulesFile(file, rules)]);
        if (parsed.Rules is null) throw new ArgumentException(string.Join('\n', parsed.Diagnostics), nameof(rules));
        var states = parsed.Rules.Capabilities.ToDictionary(c => c.Name, state, StringComparer.Ordinal);
        var folder = Path.Combine(edge._folder, "state");
        await using (var store = new FileControlStore(folder))
        {
            var first = ControlState.First([new RulesFile(file, rules)]) with { Capabilities = states };
            await store.TryAppendAsync(1, PlanDocument.Write(first), new AuditEntry(DateTimeOffset.UnixEpoch, "test", "apply", [], "test", [], 1, []), CancellationToken.None);
        }

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddStrangler(new StranglerOptions { Rules = file, State = folder, Management = "http://127.0.0.1:0", DecisionHeader = true });
        configure?.Invoke(builder.Services);
        edge._app = builder.Build();
        edge._app.MapStrangler();
        await edge._app.StartAsync();
        return edge;
    }

    /// <summary>A part of the edge.</summary>
    public T Part<T>()
        where T : notnull => _app!.Services.GetRequiredService<T>();

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) =>
        Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app!.StopAsync(now.Token);
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
