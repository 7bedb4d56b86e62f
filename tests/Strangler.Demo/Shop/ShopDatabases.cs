using Strangler.Demo.Clusters;

namespace Strangler.Demo.Shop;

/// <summary>The two clusters of the shop with their databases and roles; every password is random and new each time.</summary>
internal sealed class ShopDatabases(ShopFolder folder, ShopPorts ports) : IAsyncDisposable
{
    // A pool of Npgsql holds up to 100, and there is more than one.
    private const string MaxConnections = "200";
    private const string ShopName = "shop";
    private const string ControlName = "control";
    private const string Edge = "strangler_edge";
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

    private PrivateCluster? _legacy;
    private PrivateCluster? _services;

    /// <summary>For the monolith.</summary>
    public string Shop => _legacy!.ConnectionString(ShopName, ShopName);

    /// <summary>The new services: each has a database and a role of its name.</summary>
    public static IReadOnlyList<string> Services { get; } = ["catalog", "inventory", "customers"];

    /// <summary>For a new service.</summary>
    public string Service(string name) => _services!.ConnectionString(name, name);

    /// <summary>For the adapters: reads the monolith's changes.</summary>
    public string LegacyReader => _legacy!.ConnectionString(ShopName, Reader);

    /// <summary>For the adapters: writes a service's copy.</summary>
    public string ServiceWriter(string name) => _services!.ConnectionString(name, Writer);

    /// <summary>For the adapters' installation, which makes a publication: the superuser.</summary>
    public string LegacyOwner => _legacy!.ConnectionString(ShopName);

    /// <summary>For the adapters' installation.</summary>
    public string ServiceOwner(string name) => _services!.ConnectionString(name);

    /// <summary>For the edges, when they share a control store.</summary>
    public string ControlStore => _services!.ConnectionString(ControlName, Edge);

    /// <summary>Makes and starts the monolith's cluster.</summary>
    public async Task StartLegacyAsync(CancellationToken cancellation)
    {
        _legacy = await StartAsync("legacy", ports.LegacyDatabase, LegacySettings, c => _legacy = c, cancellation);
        await _legacy.CreateRoleAsync(Reader, attributes: "REPLICATION", cancellation: cancellation);
        await _legacy.CreateDatabaseAsync(ShopName, ShopName, cancellation: cancellation);
    }

    /// <summary>Makes and starts the new services' cluster.</summary>
    public async Task StartServicesAsync(CancellationToken cancellation)
    {
        _services = await StartAsync("services", ports.ServicesDatabase, ServicesSettings, c => _services = c, cancellation);
        await _services.CreateRoleAsync(Writer, cancellation: cancellation);
        foreach (var name in Services)
        {
            await _services.CreateDatabaseAsync(name, name, cancellation: cancellation);
        }
    }

    /// <summary>Makes the control store in the services' cluster.</summary>
    /// <param name="schema">The SQL that the edge prints for it.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task CreateControlStoreAsync(string schema, CancellationToken cancellation)
    {
        await _services!.CreateRoleAsync(Edge, cancellation: cancellation);
        await _services.CreateDatabaseAsync(ControlName, ControlName, cancellation: cancellation);
        await _services.ExecuteAsync(ControlName, schema, cancellation);
    }

    /// <summary>Kills the services' cluster, control store included, with SIGKILL.</summary>
    public Task KillServicesAsync() => _services!.Kill9Async();

    /// <summary>Starts it again.</summary>
    public Task RestartServicesAsync(CancellationToken cancellation) => _services!.StartAsync(cancellation);

    /// <summary>Stops both and deletes their data.</summary>
    public async ValueTask DisposeAsync()
    {
        var clusters = new[] { _legacy, _services }.OfType<PrivateCluster>();
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
