using Strangler.Demo.Clusters;

namespace Strangler.IntegrationTests.Sync.Convergence;

/// <summary>A source and two targets that a run may mistreat. None flushes: servers are killed, never the machine.</summary>
public sealed class ChaosClusters : IAsyncLifetime
{
    private PrivateCluster[] _all = [];

    /// <summary>The source.</summary>
    public PrivateCluster Source => _all[0];

    /// <summary>The target of the catalog.</summary>
    public PrivateCluster Catalog => _all[1];

    /// <summary>The target of the inventory and of the events.</summary>
    public PrivateCluster Ledger => _all[2];

    public async ValueTask InitializeAsync()
    {
        var source = new Dictionary<string, string>(SharedClusters.LegacySettings, StringComparer.Ordinal)
        {
            ["max_wal_size"] = "96MB",
            ["min_wal_size"] = "32MB",
        };
        _all = await Task.WhenAll(
            PrivateCluster.CreateTemporaryAsync(source, durable: false),
            PrivateCluster.CreateTemporaryAsync(SharedClusters.ServicesSettings, durable: false),
            PrivateCluster.CreateTemporaryAsync(SharedClusters.ServicesSettings, durable: false));
        await Source.CreateRoleAsync("shop");
        await Catalog.CreateRoleAsync("catalog");
        await Ledger.CreateRoleAsync("inventory");
        await Ledger.CreateRoleAsync("events");
        await Source.CreateRoleAsync("strangler_reader", attributes: "REPLICATION");
        await Catalog.CreateRoleAsync("strangler_writer");
        await Ledger.CreateRoleAsync("strangler_writer");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var cluster in _all)
        {
            await cluster.DisposeAsync();
        }
    }
}
