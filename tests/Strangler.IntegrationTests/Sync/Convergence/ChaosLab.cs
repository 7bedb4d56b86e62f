using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Shouldly;
using Strangler.ChaosAdapter;

namespace Strangler.IntegrationTests.Sync.Convergence;

/// <summary>One source, three streams, three target databases on two clusters, and a wire to each cluster that can be cut.</summary>
internal sealed class ChaosLab : IAsyncDisposable
{
    private static int _labs;

    private readonly ChaosClusters _clusters;
    private readonly FreshDatabase _shop;
    private readonly FreshDatabase _catalog;
    private readonly FreshDatabase _inventory;
    private readonly FreshDatabase _events;
    private readonly TemporaryDirectory _journals = new();

    private ChaosLab(ChaosClusters clusters)
    {
        var number = Interlocked.Increment(ref _labs);
        _clusters = clusters;
        _shop = new FreshDatabase(clusters.Source, $"shop_{number}", "shop");
        _catalog = new FreshDatabase(clusters.Catalog, $"catalog_{number}", "catalog");
        _inventory = new FreshDatabase(clusters.Ledger, $"inventory_{number}", "inventory");
        _events = new FreshDatabase(clusters.Ledger, $"events_{number}", "events");
        SourceWire = new TcpProxy(clusters.Source.Port);
        CatalogWire = new TcpProxy(clusters.Catalog.Port);
        LedgerWire = new TcpProxy(clusters.Ledger.Port);
        Slot = $"chaos_{number}";
        Settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["ConnectionStrings:Legacy"] = Through(SourceWire, _shop.ConnectionStringFor("strangler_reader")),
            ["ConnectionStrings:LegacyOwner"] = _shop.ConnectionString,
            ["ConnectionStrings:Catalog"] = Through(CatalogWire, _catalog.ConnectionStringFor("strangler_writer")),
            ["ConnectionStrings:CatalogOwner"] = _catalog.ConnectionString,
            ["ConnectionStrings:Inventory"] = Through(LedgerWire, _inventory.ConnectionStringFor("strangler_writer")),
            ["ConnectionStrings:InventoryOwner"] = _inventory.ConnectionString,
            ["ConnectionStrings:Events"] = Through(LedgerWire, _events.ConnectionStringFor("strangler_writer")),
            ["ConnectionStrings:EventsOwner"] = _events.ConnectionString,
            ["Sync:Slot"] = Slot,
            ["Sync:FillPage"] = "200",
            ["Sync:JournalAfter"] = "00:00:01",
            ["Sync:JournalFolder"] = _journals.Path,
        };
    }

    /// <summary>The slot of all streams.</summary>
    public string Slot { get; }

    /// <summary>The configuration of adapters.</summary>
    public Dictionary<string, string?> Settings { get; }

    /// <summary>The wire to the source.</summary>
    public TcpProxy SourceWire { get; }

    /// <summary>The wire to the catalog's cluster.</summary>
    public TcpProxy CatalogWire { get; }

    /// <summary>The wire to the cluster of inventory and events.</summary>
    public TcpProxy LedgerWire { get; }

    /// <summary>The clusters.</summary>
    public ChaosClusters Clusters => _clusters;

    /// <summary>The source, as its owner and past the wire.</summary>
    public string Source => _shop.ConnectionString + ";Pooling=false";

    /// <summary>The source, as the superuser.</summary>
    public string SourceSuperuser => _shop.SuperuserConnectionString + ";Pooling=false";

    /// <summary>The catalog, as the superuser.</summary>
    public string Catalog => _catalog.SuperuserConnectionString + ";Pooling=false";

    /// <summary>The inventory, as the superuser.</summary>
    public string Inventory => _inventory.SuperuserConnectionString + ";Pooling=false";

    /// <summary>The events, as the superuser.</summary>
    public string Events => _events.SuperuserConnectionString + ";Pooling=false";

    /// <summary>Databases with their schemas and products, and installed adapters.</summary>
    /// <param name="clusters">The clusters.</param>
    /// <param name="products">How many products there are at the beginning.</param>
    public static async Task<ChaosLab> CreateAsync(ChaosClusters clusters, int products)
    {
        var lab = new ChaosLab(clusters);
        foreach (var database in new[] { lab._shop, lab._catalog, lab._inventory, lab._events })
        {
            await database.Cluster.CreateDatabaseAsync(database.Name, database.Owner);
        }

        await ExecuteAsync(lab._shop.ConnectionString, await RepositoryFile.ReadAsync("legacy-monolith/LegacyShop/Database/schema.sql"));
        await ExecuteAsync(lab._shop.ConnectionString, ChaosSchema.Source);
        await ExecuteAsync(lab._shop.ConnectionString, ChaosSchema.Products(1, products));
        await ExecuteAsync(lab._catalog.ConnectionString, await RepositoryFile.ReadAsync("new-services/Catalog/Database/001_catalog.sql"));
        await ExecuteAsync(lab._catalog.ConnectionString, ChaosSchema.Catalog);
        await ExecuteAsync(lab._inventory.ConnectionString, await RepositoryFile.ReadAsync("new-services/Inventory/Database/001_inventory.sql"));
        await ExecuteAsync(lab._inventory.ConnectionString, ChaosSchema.Inventory);
        await ExecuteAsync(lab._events.ConnectionString, ChaosSchema.Events);
        await lab.InstallAsync();
        return lab;
    }

    /// <summary>Runs SQL in a store; each call is a session of its own.</summary>
    public static async Task ExecuteAsync(string store, string sql)
    {
        await using var connection = new NpgsqlConnection(store + ";Pooling=false");
        await connection.ExecuteAsync(sql);
    }

    /// <summary>One value of a store.</summary>
    public static async Task<T?> ValueAsync<T>(string store, string sql)
    {
        await using var connection = new NpgsqlConnection(store);
        return await connection.ExecuteScalarAsync<T>(sql);
    }

    /// <summary>Ends our sessions in the source and drops the slot.</summary>
    public Task DropSlotAsync() => Eventually.TrueAsync("the slot is dropped", async () =>
    {
        try
        {
            return await ValueAsync<bool>(SourceSuperuser, $"""
                select pg_terminate_backend(active_pid) from pg_replication_slots where slot_name = '{Slot}' and active;
                select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = '{Slot}';
                select true
                """) || await ValueAsync<long>(SourceSuperuser, $"select count(*) from pg_replication_slots where slot_name = '{Slot}'") == 0;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.ObjectInUse)
        {
            return false;
        }
    });

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using var journals = _journals;
        await SourceWire.DisposeAsync();
        await CatalogWire.DisposeAsync();
        await LedgerWire.DisposeAsync();
        await DropSlotAsync();
    }

    private async Task InstallAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(Settings);
        ChaosStreams.AddTo(builder.Services.AddStranglerSync(builder.Configuration));
        await using var app = builder.Build();
        await using var output = new StringWriter();
        (await app.InstallSyncAsync(output)).ShouldBe(0, output.ToString());
    }

    private static string Through(TcpProxy wire, string store) => new NpgsqlConnectionStringBuilder(store) { Port = wire.Port }.ConnectionString;
}
