using Strangler.Demo.Clusters;

namespace Strangler.IntegrationTests.Sync.Triggers;

/// <summary>A source that allows no logical replication, and a target; the tests of one class may kill them.</summary>
public sealed class PlainClusters : IAsyncLifetime
{
    private PrivateCluster? _legacy;
    private PrivateCluster? _services;

    /// <summary>The source.</summary>
    public PrivateCluster Legacy => _legacy!;

    /// <summary>A lab that is followed by triggers.</summary>
    internal Task<SyncLab> LabAsync() => SyncLab.CreateAsync(_legacy!, _services!, triggers: true);

    public async ValueTask InitializeAsync()
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["wal_level"] = "replica", ["max_connections"] = "200" };
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
