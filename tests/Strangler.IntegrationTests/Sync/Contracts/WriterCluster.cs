using Strangler.Demo.Clusters;

namespace Strangler.IntegrationTests.Sync.Contracts;

/// <summary>
/// One cluster for both stores, with a log that can be decoded, which the tests of one class may kill. Nobody writes its log to disk but who
/// commits: else a commit that does not wait for that would be on disk by luck.
/// </summary>
public sealed class WriterCluster : IAsyncLifetime
{
    private static readonly Dictionary<string, string> Settings = new(StringComparer.Ordinal)
    {
        ["wal_level"] = "logical",
        ["max_replication_slots"] = "40",
        ["wal_writer_delay"] = "10s",
        ["wal_writer_flush_after"] = "0",
    };

    private PrivateCluster? _cluster;

    /// <summary>The cluster.</summary>
    public PrivateCluster Cluster => _cluster!;

    public async ValueTask InitializeAsync() => _cluster = await PrivateCluster.CreateTemporaryAsync(Settings);

    public ValueTask DisposeAsync() => Cluster.DisposeAsync();

    /// <summary>A target.</summary>
    /// <param name="origins">Whether whoever installs may make replication origins.</param>
    internal async Task<WriterSession> SessionAsync(bool origins)
    {
        var lab = await SyncLab.CreateAsync(Cluster, Cluster);
        if (origins)
        {
            lab.Settings["ConnectionStrings:CatalogOwner"] = lab.TargetConnection;
        }

        return await WriterSession.OpenAsync(lab);
    }
}
