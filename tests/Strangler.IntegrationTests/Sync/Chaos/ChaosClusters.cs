using Strangler.Demo.Clusters;

namespace Strangler.IntegrationTests.Sync.Chaos;

/// <summary>Two clusters for runs that commit thousands of transactions; only the adapters are killed, so nothing needs to be flushed.</summary>
public sealed class ChaosClusters : IAsyncLifetime
{
    private PrivateCluster? legacy;
    private PrivateCluster? services;

    /// <summary>A lab on them.</summary>
    internal Task<SyncLab> LabAsync() => SyncLab.CreateAsync(legacy!, services!);

    public async ValueTask InitializeAsync()
    {
        legacy = await PrivateCluster.CreateTemporaryAsync(SharedClusters.LegacySettings, durable: false);
        services = await PrivateCluster.CreateTemporaryAsync(SharedClusters.ServicesSettings, durable: false);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var cluster in new[] { legacy, services }.OfType<PrivateCluster>())
        {
            await cluster.DisposeAsync();
        }
    }
}
