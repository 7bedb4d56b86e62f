using Dapper;
using Npgsql;
using Shop.Adapters.Catalog;
using Shouldly;
using Strangler.Demo.Clusters;

namespace Strangler.IntegrationTests.Sync;

/// <summary>A legacy and a catalog database, and adapters between them.</summary>
internal sealed class SyncLab : IAsyncDisposable
{
    private static int _labs;

    private readonly FreshDatabase _shop;
    private readonly FreshDatabase _catalog;

    private SyncLab(FreshDatabase shop, FreshDatabase catalog)
    {
        _shop = shop;
        _catalog = catalog;
        Slot = "slot_" + shop.Name;
        Settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["ConnectionStrings:Legacy"] = shop.ConnectionStringFor("strangler_reader"),
            ["ConnectionStrings:LegacyOwner"] = shop.ConnectionString,
            ["ConnectionStrings:Catalog"] = catalog.ConnectionStringFor("strangler_writer"),
            ["ConnectionStrings:CatalogOwner"] = catalog.ConnectionString,
            ["Sync:Slot"] = Slot,
        };
    }

    /// <summary>The mapping under test.</summary>
    public static ProductMapping Mapping { get; } = new();

    /// <summary>The slot: one per lab, as slots belong to the whole cluster.</summary>
    public string Slot { get; }

    /// <summary>The configuration of adapters.</summary>
    public Dictionary<string, string?> Settings { get; }

    /// <summary>The source, as the superuser.</summary>
    public string SourceConnection => _shop.SuperuserConnectionString + ";Pooling=false";

    /// <summary>The target, as the superuser.</summary>
    public string TargetConnection => _catalog.SuperuserConnectionString + ";Pooling=false";

    /// <summary>A lab on the clusters of the test run.</summary>
    /// <param name="clusters">The clusters.</param>
    /// <param name="seeded">Whether the shop has its 5,000 products; else it has its schema only.</param>
    public static async Task<SyncLab> CreateAsync(SharedClusters clusters, bool seeded = false)
    {
        var lab = new SyncLab(seeded ? await clusters.SeededShopAsync() : await clusters.EmptyShopAsync(), await clusters.EmptyCatalogAsync());
        await lab.MakeSchemasAsync(seeded);
        return lab;
    }

    /// <summary>A lab on clusters of its own, which the test may mistreat.</summary>
    /// <param name="legacy">The source's cluster.</param>
    /// <param name="services">The target's cluster.</param>
    /// <param name="triggers">Whether the source is followed by triggers; then the reader may not replicate.</param>
    public static async Task<SyncLab> CreateAsync(PrivateCluster legacy, PrivateCluster services, bool triggers = false)
    {
        await legacy.CreateRoleAsync("strangler_reader", attributes: triggers ? "NOREPLICATION" : "REPLICATION");
        await services.CreateRoleAsync("strangler_writer");
        var number = Interlocked.Increment(ref _labs);
        var source = new FreshDatabase(legacy, $"shop_{number}", "shop");
        var target = new FreshDatabase(services, $"catalog_{number}", "catalog");
        await legacy.CreateDatabaseAsync(source.Name, source.Owner);
        await services.CreateDatabaseAsync(target.Name, target.Owner);
        var lab = new SyncLab(source, target);
        if (triggers)
        {
            lab.Settings["Sync:Feed"] = "Triggers";
        }

        await lab.MakeSchemasAsync(seeded: false);
        return lab;
    }

    /// <summary>Adapters that have not been started.</summary>
    public AdapterHost Adapters() => AdapterHost.Build(Settings, Mapping);

    /// <summary>Adapters that run, after an installation that must succeed.</summary>
    public async Task<AdapterHost> StartAsync()
    {
        var adapters = Adapters();
        var (code, output) = await adapters.InstallAsync();
        code.ShouldBe(0, output);
        await adapters.StartAsync();
        return adapters;
    }

    /// <summary>Runs SQL on the source.</summary>
    public Task SourceAsync(string sql) => ExecuteAsync(_shop.ConnectionString, sql);

    /// <summary>Runs SQL on the target.</summary>
    public Task TargetAsync(string sql) => ExecuteAsync(_catalog.ConnectionString, sql);

    /// <summary>One value of the source.</summary>
    public async Task<T?> SourceValueAsync<T>(string sql)
    {
        await using var connection = new NpgsqlConnection(SourceConnection);
        return await connection.ExecuteScalarAsync<T>(sql);
    }

    /// <summary>One value of the target.</summary>
    public async Task<T?> TargetValueAsync<T>(string sql)
    {
        await using var connection = new NpgsqlConnection(TargetConnection);
        return await connection.ExecuteScalarAsync<T>(sql);
    }

    /// <summary>Adds products that differ in everything.</summary>
    public Task AddProductsAsync(int first, int count) => SourceAsync(Products(first, count, "100 + n"));

    /// <summary>SQL that adds products with children.</summary>
    /// <param name="first">The first number.</param>
    /// <param name="count">How many.</param>
    /// <param name="price">SQL of the price of product <c>n</c>.</param>
    public static string Products(int first, int count, string price) => $"""
        insert into products (prod_id, sku, name, descr, price_cents, categories, weight_g, created, updated)
        select n, 'SKU-' || n, 'Product ' || n, case when n % 3 = 0 then null else 'About ' || n end, {price}, 'garden, Tools,,cat' || n % 7,
               case when n % 4 = 0 then null else n end, timestamp '2024-05-01 08:00' + n * interval '1 hour', timestamp '2025-01-01 12:00'
        from generate_series({first}, {first + count - 1}) n;
        insert into product_images (prod_id, pos, url)
        select n, p, '/img/' || n || '-' || p || '.jpg' from generate_series({first}, {first + count - 1}) n, generate_series(1, n % 3) p;
        insert into stock (prod_id, wh, qty, changed)
        select n, wh, n % 50, timestamp '2025-01-01 12:00' from generate_series({first}, {first + count - 1}) n, unnest(array['HAM', 'MUC']) wh
        """;

    /// <summary>Returns when the target equals the mapping of the source.</summary>
    public async Task InStepAsync()
    {
        IReadOnlyList<string> differences = [];
        await Eventually.TrueAsync(
            "the target equals the mapping of the source",
            async () => (differences = await DifferencesAsync()).Count == 0,
            () => $"{differences.Count} differences, such as: {string.Join("; ", differences.Take(3))}");
    }

    /// <summary>What differs between the target and the mapping of the source.</summary>
    public Task<IReadOnlyList<string>> DifferencesAsync() => TargetCheck.DifferencesAsync(SourceConnection, TargetConnection, Mapping);

    /// <summary>Drops the slot, so that the cluster does not keep its log for it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_shop.Cluster.Postmaster is not null)
        {
            await Eventually.TrueAsync("the slot can be dropped", async () =>
                await SourceValueAsync<long>($"""
                    select count(*) from (
                        select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = '{Slot}' and not active) dropped
                    """) >= 0
                && await SourceValueAsync<long>($"select count(*) from pg_replication_slots where slot_name = '{Slot}'") == 0);
        }
    }

    private async Task MakeSchemasAsync(bool seeded)
    {
        if (!seeded)
        {
            await SourceAsync(await RepositoryFile.ReadAsync("legacy-monolith/LegacyShop/Database/schema.sql"));
        }

        await TargetAsync(await RepositoryFile.ReadAsync("new-services/Catalog/Database/001_catalog.sql"));
    }

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.ExecuteAsync(sql);
    }
}
