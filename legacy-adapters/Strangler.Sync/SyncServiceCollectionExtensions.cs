using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Strangler.Sync;
using Strangler.Sync.Api;
using Strangler.Sync.Installing;
using Strangler.Sync.Reconciling;
using Strangler.Sync.Status;
using Strangler.Sync.Streams;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the sync engine to an application.</summary>
public static class SyncServiceCollectionExtensions
{
    /// <summary>Adds the engine; the streams are declared on what it returns.</summary>
    /// <param name="services">The services of the application.</param>
    /// <param name="configuration">Holds connection strings and the section <c>Sync</c> (<see cref="SyncOptions"/>).</param>
    public static SyncBuilder AddStranglerSync(this IServiceCollection services, IConfiguration configuration)
    {
        var builder = new SyncBuilder(services);
        services.AddOptions<SyncOptions>().Bind(configuration.GetSection(SyncOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(builder);
        services.AddSingleton<SyncMeter>();
        services.AddSingleton<IStoreConnector, PostgresStoreConnector>();
        services.AddSingleton<SyncEngine>();
        services.AddSingleton<InstallPlanner>();
        services.AddSingleton<Installer>();
        services.AddSingleton<Previewer>();
        services.AddSingleton<BucketMaps>();
        services.AddSingleton<Reconciler>();
        services.AddSingleton<TokenGuard>();
        services.AddHostedService(provider => provider.GetRequiredService<SyncEngine>());
        return builder;
    }
}
