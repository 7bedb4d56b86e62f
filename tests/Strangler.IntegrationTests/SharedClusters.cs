using Strangler.Demo.Clusters;
using Strangler.Demo.Processes;
using Strangler.IntegrationTests;

[assembly: AssemblyFixture(typeof(SharedClusters))]

namespace Strangler.IntegrationTests;

/// <summary>
/// One legacy and one services cluster per test run, started when the first test asks, and fresh databases in them. A test class
/// takes it as a constructor parameter. Roles are shared by all databases of a cluster; a test that kills a server makes its
/// own with <see cref="PrivateCluster.CreateTemporaryAsync"/>.
/// </summary>
public sealed class SharedClusters : IAsyncLifetime
{
    // Each database of a test has a pool of its own, whose idle connections stay for minutes.
    private const string MaxConnections = "600";

    private const string SeededTemplate = "shop_seeded";

    private readonly Lazy<Task<PrivateCluster>> _legacy;
    private readonly Lazy<Task<PrivateCluster>> _services;
    private readonly Lazy<Task> _seededTemplate;
    private readonly SemaphoreSlim _copying = new(1);
    private int _databases;

    public SharedClusters()
    {
        _legacy = new(() => PrivateCluster.CreateTemporaryAsync(LegacySettings));
        _services = new(() => PrivateCluster.CreateTemporaryAsync(ServicesSettings));
        _seededTemplate = new(SeedTemplateAsync);
    }

    /// <summary>The settings of the demo's legacy cluster.</summary>
    public static IReadOnlyDictionary<string, string> LegacySettings { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["wal_level"] = "logical",
        ["max_slot_wal_keep_size"] = "512MB",
        ["max_connections"] = MaxConnections,
        ["max_replication_slots"] = "40",
        ["max_wal_senders"] = "40",
    };

    /// <summary>The settings of the demo's services cluster.</summary>
    public static IReadOnlyDictionary<string, string> ServicesSettings { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal) { ["max_connections"] = MaxConnections };

    /// <summary>The legacy cluster: logical replication, role <c>strangler_reader</c>.</summary>
    public Task<PrivateCluster> LegacyAsync() => _legacy.Value;

    /// <summary>The cluster of the new services: role <c>strangler_writer</c>.</summary>
    public Task<PrivateCluster> ServicesAsync() => _services.Value;

    /// <summary>A fresh, empty database owned by role <c>shop</c> on the legacy cluster.</summary>
    public async Task<FreshDatabase> EmptyShopAsync()
    {
        return await FreshAsync(await LegacyAsync(), "shop", "strangler_reader", "REPLICATION");
    }

    /// <summary>A fresh database owned by role <c>shop</c> with the monolith's seed data at scale 1, copied from a template.</summary>
    public async Task<FreshDatabase> SeededShopAsync()
    {
        await _seededTemplate.Value;
        return await FreshAsync(await LegacyAsync(), "shop", "strangler_reader", "REPLICATION", SeededTemplate);
    }

    /// <summary>A fresh, empty database owned by role <c>catalog</c> on the services cluster.</summary>
    public Task<FreshDatabase> EmptyCatalogAsync() => EmptyServiceAsync("catalog");

    /// <summary>A fresh, empty database of a service on the services cluster.</summary>
    /// <param name="owner">The role that owns it, such as <c>inventory</c>.</param>
    public async Task<FreshDatabase> EmptyServiceAsync(string owner)
    {
        return await FreshAsync(await ServicesAsync(), owner, "strangler_writer");
    }

    /// <summary>A fresh, empty database owned by role <c>control</c> on the services cluster; the edges' role is <c>strangler_edge</c>.</summary>
    public async Task<FreshDatabase> EmptyControlAsync()
    {
        return await FreshAsync(await ServicesAsync(), "control", "strangler_edge");
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var cluster in new[] { _legacy, _services }.Where(c => c.IsValueCreated))
        {
            await (await cluster.Value).DisposeAsync();
        }

        _copying.Dispose();
    }

    private async Task<FreshDatabase> FreshAsync(
        PrivateCluster cluster, string owner, string role, string attributes = "", string? template = null)
    {
        var name = $"{owner}_{Interlocked.Increment(ref _databases)}";
        // One at a time: roles are altered and templates copied, and neither likes company.
        await _copying.WaitAsync();
        try
        {
            await cluster.CreateRoleAsync(role, attributes: attributes);
            await cluster.CreateDatabaseAsync(name, owner, template: template);
        }
        finally
        {
            _copying.Release();
        }

        return new FreshDatabase(cluster, name, owner);
    }

    private async Task SeedTemplateAsync()
    {
        var cluster = await LegacyAsync();
        await cluster.CreateDatabaseAsync(SeededTemplate, "shop");
        var log = Path.Combine(Path.GetDirectoryName(cluster.LogFile)!, "seed.log");
        await ChildProcess.RunAsync(
            new ChildCommand
            {
                Name = "LegacyShop seed",
                Command = ["dotnet", Path.Combine(AppContext.BaseDirectory, "LegacyShop.dll"), "seed"],
                LogFile = log,
                PidFile = log + ".pid",
                Environment = new Dictionary<string, string?>(StringComparer.Ordinal)
                {
                    ["ConnectionStrings__Shop"] = cluster.ConnectionString(SeededTemplate, "shop"),
                },
            },
            CancellationToken.None);
    }
}
