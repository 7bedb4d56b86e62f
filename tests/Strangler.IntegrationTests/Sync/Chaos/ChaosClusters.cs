using Strangler.Demo.Clusters;

namespace Strangler.IntegrationTests.Sync.Chaos;

/// <summary>Two clusters for runs that commit thousands of transactions; only the adapters are killed, so nothing needs to be flushed.</summary>
public sealed class ChaosClusters : IAsyncLifetime
{
    private PrivateCluster? _legacy;
    private PrivateCluster? _services;

    /// <summary>A lab on them.</summary>
    internal Task<SyncLab> LabAsync() => SyncLab.CreateAsync(_legacy!, _services!);

    public async ValueTask InitializeAsync()
    {
        _legacy = await PrivateCluster.CreateTemporaryAsync(SharedClusters.LegacySettings, durable: false);
        _services = await PrivateCluster.CreateTemporaryAsync(SharedClusters.ServicesSettings, durable: false);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var cluster in new[] { _legacy, _services }.OfType<PrivateCluster>())
        {
            await cluster.DisposeAsync();
        }
    }
}
