using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Strangler.Sync;
using Strangler.Sync.Fencing;
using Strangler.Sync.Mapping;
using Strangler.Sync.Reconciling;
using Strangler.Sync.Streams;
using Strangler.Core.Adapters;

namespace Strangler.IntegrationTests.Sync;

/// <summary>The engine in this process, with its status API on a free port.</summary>
internal sealed class AdapterHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private AdapterHost(WebApplication app) => _app = app;

    /// <summary>The status API.</summary>
    public Uri Url => new(_app.Urls.First());

    /// <summary>The one stream, or the first.</summary>
    public StreamReport Stream => Streams[0];

    /// <summary>All streams.</summary>
    public IReadOnlyList<StreamReport> Streams => _app.Services.GetRequiredService<SyncEngine>().Report().Streams;

    /// <summary>What the API answers to.</summary>
    public IEnumerable<RouteEndpoint> Routes => ((IEndpointRouteBuilder)_app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>();

    private IReadOnlyList<StreamDefinition> Definitions => _app.Services.GetRequiredService<SyncBuilder>().Definitions;

    /// <summary>Builds it, with one stream.</summary>
    public static AdapterHost Build(IReadOnlyDictionary<string, string?> settings, params AggregateMapping[] mappings) =>
        Build(settings, sync => sync.AddStream("catalog", source: "Legacy", target: "Catalog", mappings));

    /// <summary>Builds it, with one stream that keeps the order of the source.</summary>
    public static AdapterHost BuildOrdered(IReadOnlyDictionary<string, string?> settings, params AggregateMapping[] mappings) =>
        Build(settings, sync => sync.AddOrderedStream("catalog", source: "Legacy", target: "Catalog", mappings));

    /// <summary>Builds it.</summary>
    public static AdapterHost Build(IReadOnlyDictionary<string, string?> settings, Action<SyncBuilder> declare)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(settings);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        declare(builder.Services.AddStranglerSync(builder.Configuration));
        var built = builder.Build();
        built.MapSyncStatus();
        return new AdapterHost(built);
    }

    /// <summary>Runs the verb install.</summary>
    public async Task<(int ExitCode, string Output)> InstallAsync()
    {
        await using var output = new StringWriter();
        var code = await _app.InstallSyncAsync(output);
        return (code, output.ToString());
    }

    /// <summary>Runs the verb preview.</summary>
    public async Task<(int ExitCode, string Output)> PreviewAsync()
    {
        await using var output = new StringWriter();
        var code = await _app.PreviewSyncAsync(output);
        return (code, output.ToString());
    }

    /// <summary>The keys of the one stream that wait or fail.</summary>
    public WaitingKeys WaitingKeys() => _app.Services.GetRequiredService<Reconciler>().Find("catalog")!.Waiting;

    /// <summary>The ports to the source.</summary>
    public SourcePorts SourcePorts() => _app.Services.GetRequiredService<IStoreConnector>().Source("Legacy", Definitions);

    /// <summary>The ports to the target.</summary>
    public TargetPorts TargetPorts() => _app.Services.GetRequiredService<IStoreConnector>().Target(Definitions[0]);

    /// <summary>The fences of the source.</summary>
    public IFence Fence() => _app.Services.GetRequiredService<IStoreConnector>().Fence("Legacy");

    /// <summary>Starts following.</summary>
    public Task StartAsync() => _app.StartAsync();

    /// <summary>The sum of a counter that the engine has counted since the listener was made.</summary>
    public Counted Count(string instrument) => new(instrument, _app.Services.GetRequiredService<IMeterFactory>());

    /// <summary>Stops.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
