using Dapper;
using LegacyShop.Web;
using Microsoft.AspNetCore.Builder;
using Npgsql;

namespace Strangler.IntegrationTests.LegacyShop;

/// <summary>The monolith on an ephemeral port, with seeded data and an access log; shared by the tests of its collection.</summary>
public sealed class RunningShop(SharedClusters clusters) : IAsyncLifetime
{
    private WebApplication? _app;

    /// <summary>The connection string of the shop's database.</summary>
    public string Database { get; private set; } = "";

    /// <summary>Where the shop answers.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>The access log's file.</summary>
    public string AccessLogFile { get; } = Path.GetTempFileName();

    public async ValueTask InitializeAsync()
    {
        Database = (await clusters.SeededShopAsync()).ConnectionString;
        _app = ShopServer.Build(
            ["--urls", "http://127.0.0.1:0", "--ConnectionStrings:Shop", Database, "--AccessLog:Path", AccessLogFile]);
        await _app.StartAsync();
        Address = new Uri(_app.Urls.Single());
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        File.Delete(AccessLogFile);
    }

    /// <summary>A visitor without a session.</summary>
    internal ShopVisitor Visit() => new(Address);

    /// <summary>A visitor who has logged in as customer number <paramref name="customer"/>.</summary>
    internal async Task<ShopVisitor> VisitAsync(int customer)
    {
        var visitor = Visit();
        await visitor.LogInAsync(customer);
        return visitor;
    }

    /// <summary>The single value of a query.</summary>
    internal async Task<T> ScalarAsync<T>(string sql, object? parameters = null)
    {
        await using var connection = new NpgsqlConnection(Database);
        return (await connection.ExecuteScalarAsync<T>(sql, parameters))!;
    }

    /// <summary>Changes data behind the shop's back.</summary>
    internal async Task ExecuteAsync(string sql, object? parameters = null)
    {
        await using var connection = new NpgsqlConnection(Database);
        await connection.ExecuteAsync(sql, parameters);
    }

    /// <summary>The article number of the n-th product that fulfils a condition on <c>products p</c>.</summary>
    internal Task<string> SkuAsync(string condition = "p.active = 'Y' and p.deleted = 'N'", int nth = 0) =>
        ScalarAsync<string>($"select sku from products p where {condition} order by prod_id limit 1 offset {nth}");

    /// <summary>A product on sale with exactly this stock in two warehouses.</summary>
    internal async Task<string> SkuWithStockAsync(int nth, int hamburg, int munich)
    {
        var sku = await SkuAsync(nth: nth);
        await ExecuteAsync(
            """
            delete from stock where prod_id = (select prod_id from products where sku = @sku);
            insert into stock select prod_id, 'HAM', @hamburg, created from products where sku = @sku;
            insert into stock select prod_id, 'MUC', @munich, created from products where sku = @sku;
            """,
            new { sku, hamburg, munich });
        return sku;
    }
}
