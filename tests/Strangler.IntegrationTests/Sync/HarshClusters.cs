using Strangler.Demo.Clusters;

namespace Strangler.IntegrationTests.Sync;

/// <summary>Two clusters that the tests of one class may kill, starve and hold up.</summary>
public sealed class HarshClusters : IAsyncLifetime
{
    private PrivateCluster? _legacy;
    private PrivateCluster? _services;

    /// <summary>The source; it gives up a slot that needs more than a few segments of log.</summary>
    public PrivateCluster Legacy => _legacy!;

    /// <summary>The target.</summary>
    public PrivateCluster Services => _services!;

    public async ValueTask InitializeAsync()
    {
        var settings = new Dictionary<string, string>(SharedClusters.LegacySettings, StringComparer.Ordinal)
        {
            ["max_slot_wal_keep_size"] = "16MB",
            ["max_wal_size"] = "64MB",
            ["min_wal_size"] = "32MB",
        };
        _legacy = await PrivateCluster.CreateTemporaryAsync(settings, durable: false);
        _services = await PrivateCluster.CreateTemporaryAsync(durable: false);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var cluster in new[] { _legacy, _services }.OfType<PrivateCluster>())
        {
            await cluster.DisposeAsync();
        }
    }
}
