using Strangler.Demo.Clusters;

namespace Strangler.Demo.Shop;

/// <summary>The two clusters of the shop with their databases and roles; every password is random and new each time.</summary>
internal sealed class ShopDatabases(ShopFolder folder, ShopPorts ports) : IAsyncDisposable
{
    // A pool of Npgsql holds up to 100, and there is more than one.
    private const string MaxConnections = "200";
    private const string ShopName = "shop";
    private const string CatalogName = "catalog";
    private const string Reader = "strangler_reader";
    private const string Writer = "strangler_writer";

    // The slot holds WAL back while the adapters are away; the bound keeps a forgotten one from filling the disk.
    private static readonly Dictionary<string, string> LegacySettings = new(StringComparer.Ordinal)
    {
        ["wal_level"] = "logical",
        ["max_slot_wal_keep_size"] = "1GB",
        ["max_connections"] = MaxConnections,
    };

    private static readonly Dictionary<string, string> ServicesSettings =
        new(StringComparer.Ordinal) { ["max_connections"] = MaxConnections };

    private PrivateCluster? legacy;
    private PrivateCluster? services;

    /// <summary>For the monolith.</summary>
    public string Shop => legacy!.ConnectionString(ShopName, ShopName);

    /// <summary>For Catalog.</summary>
    public string Catalog => services!.ConnectionString(CatalogName, CatalogName);

    /// <summary>For the adapters: reads the monolith's changes.</summary>
    public string LegacyReader => legacy!.ConnectionString(ShopName, Reader);

    /// <summary>For the adapters: writes Catalog's copy.</summary>
    public string CatalogWriter => services!.ConnectionString(CatalogName, Writer);

    /// <summary>For the adapters' installation, which makes a publication: the superuser.</summary>
    public string LegacyOwner => legacy!.ConnectionString(ShopName);

    /// <summary>For the adapters' installation.</summary>
    public string CatalogOwner => services!.ConnectionString(CatalogName);

    /// <summary>Makes and starts the monolith's cluster.</summary>
    public async Task StartLegacyAsync(CancellationToken cancellation)
    {
        legacy = await StartAsync("legacy", ports.LegacyDatabase, LegacySettings, c => legacy = c, cancellation);
        await legacy.CreateRoleAsync(Reader, attributes: "REPLICATION", cancellation: cancellation);
        await legacy.CreateDatabaseAsync(ShopName, ShopName, cancellation: cancellation);
    }

    /// <summary>Makes and starts the new services' cluster.</summary>
    public async Task StartServicesAsync(CancellationToken cancellation)
    {
        services = await StartAsync("services", ports.ServicesDatabase, ServicesSettings, c => services = c, cancellation);
        await services.CreateRoleAsync(Writer, cancellation: cancellation);
        await services.CreateDatabaseAsync(CatalogName, CatalogName, cancellation: cancellation);
    }

    /// <summary>Stops both and deletes their data.</summary>
    public async ValueTask DisposeAsync()
    {
        var clusters = new[] { legacy, services }.OfType<PrivateCluster>();
        await Task.WhenAll(clusters.Select(cluster => cluster.DisposeAsync().AsTask()));
    }

    private async Task<PrivateCluster> StartAsync(
        string name, int port, Dictionary<string, string> settings, Action<PrivateCluster> made, CancellationToken cancellation)
    {
        var cluster = await PrivateCluster.CreateAsync(
            new ClusterOptions
            {
                Name = name + " database",
                Folder = folder.ClusterFolder(name),
                Port = port,
                Settings = settings,
                Temporary = true,
            },
            cancellation);
        // Known before it runs, so that a Ctrl-C during its start stops it too.
        made(cluster);
        await cluster.StartAsync(cancellation);
        return cluster;
    }
}
