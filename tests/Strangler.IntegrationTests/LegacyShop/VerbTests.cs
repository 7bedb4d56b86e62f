using System.Diagnostics;
using Dapper;
using Npgsql;
using Shouldly;
using Strangler.Demo.Processes;

namespace Strangler.IntegrationTests.LegacyShop;

public sealed class VerbTests(SharedClusters clusters)
{
    private const string Nowhere = "Host=127.0.0.1;Port=1;Username=shop;Database=shop;Timeout=2";

    private static readonly string[] Tables = ["products", "product_images", "stock", "customers", "orders", "order_items"];

    [Theory]
    [InlineData("Unknown verb 'sell'.", "sell")]
    [InlineData("A verb is missing.")]
    [InlineData("Unknown option '--sead'.", "seed", "--sead", "7")]
    [InlineData("--scale must be a number from 0.01 to 100, not '0'.", "seed", "--scale", "0")]
    public async Task Run_BadUsage_SaysHowOnStandardError(string expected, params string[] args)
    {
        var result = await ShopCommand.RunAsync(Nowhere, args);

        result.ExitCode.ShouldBe(2);
        result.Output.ShouldBeEmpty();
        result.Error.ShouldStartWith(expected);
        result.Error.ShouldContain("usage: LegacyShop serve");
    }

    [Theory]
    [InlineData("seed")]
    [InlineData("nightly-stock")]
    public async Task Run_DatabaseAway_SaysSoInOneLine(string verb)
    {
        var result = await ShopCommand.RunAsync(Nowhere, verb);

        result.ExitCode.ShouldBe(1);
        result.Error.Trim().ShouldStartWith("The shop's database is not available: ");
        result.Error.Trim().ShouldNotContain("\n");
    }

    [Theory]
    [InlineData(null, "The connection string is missing: set ConnectionStrings__Shop.")]
    [InlineData("Hots=a", "The connection string in ConnectionStrings__Shop is not valid: ")]
    public async Task Run_NoUsableConnectionString_SaysSo(string? connectionString, string expected)
    {
        var result = await ShopCommand.RunAsync(connectionString, "serve");

        result.ExitCode.ShouldBe(1);
        result.Error.ShouldStartWith(expected);
    }

    [Fact]
    public async Task Seed_TwoDatabases_HoldTheSameRows()
    {
        var first = (await clusters.EmptyShopAsync()).ConnectionString;
        var second = (await clusters.EmptyShopAsync()).ConnectionString;

        (await ShopCommand.RunAsync(first, "seed", "--scale", "0.1", "--seed", "5")).ExitCode.ShouldBe(0);
        (await ShopCommand.RunAsync(second, "seed", "--scale=0.1", "--seed=5")).ExitCode.ShouldBe(0);

        foreach (var table in Tables)
        {
            var checksum = $"select count(*) || ' ' || md5(string_agg(t::text, '|' order by t::text)) from {table} t";
            (await ScalarAsync<string>(first, checksum)).ShouldBe(await ScalarAsync<string>(second, checksum), table);
        }

        (await ScalarAsync<int>(first, "insert into products (sku, name, price_cents, created, updated) "
            + "values ('NEW', 'New', 1, now(), now()) returning prod_id")).ShouldBe(501);
    }

    [Fact]
    public async Task Seed_DatabaseNotEmpty_IsRefused()
    {
        var shop = await clusters.SeededShopAsync();

        var result = await ShopCommand.RunAsync(shop.ConnectionString, "seed");

        result.ExitCode.ShouldBe(1);
        result.Error.Trim().ShouldBe($"The database '{shop.Name}' is not empty; only an empty one can be seeded.");
        (await ScalarAsync<int>(shop.ConnectionString, "select count(*) from products")).ShouldBe(5_000);
    }

    [Fact]
    public async Task NightlyStock_Night_ChangesWhatItSays()
    {
        var shop = (await clusters.SeededShopAsync()).ConnectionString;
        const string Stock = "select count(*) from stock";
        const string Changed = "select count(*) from stock where changed > '2026-06-01'";
        var rows = await ScalarAsync<int>(shop, Stock);
        (await ScalarAsync<int>(shop, Changed)).ShouldBe(0);

        var result = await ShopCommand.RunAsync(shop, "nightly-stock", "--seed", "1");

        result.ExitCode.ShouldBe(0, result.Error);
        var corrected = await ScalarAsync<int>(shop, Changed);
        var removed = rows - await ScalarAsync<int>(shop, Stock);
        var prices = await ScalarAsync<int>(shop, "select count(*) from price_log");
        var images = await ScalarAsync<int>(shop, "select count(*) from product_images where url like '%-1.jpg' and img_id > 10000");
        corrected.ShouldBeGreaterThan(100);
        removed.ShouldBeGreaterThan(0);
        prices.ShouldBeGreaterThan(20);
        result.Output.Trim().ShouldStartWith(
            $"nightly-stock (1): {corrected} stock rows corrected, {removed} removed, {prices} prices changed, ");
        images.ShouldBeGreaterThan(0);
        (await ScalarAsync<int>(
            shop,
            """
            select count(*) from price_log l join products p using (prod_id)
            where p.price_cents = l.new_cents and l.old_cents <> l.new_cents and p.updated = l.changed and p.price_cents >= 100
            """)).ShouldBe(prices);
        (await ScalarAsync<int>(shop, "select count(*) from stock where qty < 0")).ShouldBe(0);
    }

    [Theory]
    [InlineData(UnixSignal.Terminate)]
    [InlineData(UnixSignal.Interrupt)]
    public async Task Serve_ToldToStop_ExitsWithZero(UnixSignal signal)
    {
        var log = Path.GetTempFileName();
        await using var shop = ChildProcess.Start(new ChildCommand
        {
            Name = "LegacyShop",
            Command = ["dotnet", Path.Combine(AppContext.BaseDirectory, "LegacyShop.dll"), "serve", "--urls", "http://127.0.0.1:0"],
            LogFile = log,
            PidFile = log + ".pid",
            Environment = new Dictionary<string, string?>(StringComparer.Ordinal) { ["ConnectionStrings__Shop"] = Nowhere },
        });
        var patience = Stopwatch.StartNew();
        while (!(await File.ReadAllTextAsync(log, TestContext.Current.CancellationToken)).Contains("listens on", StringComparison.Ordinal))
        {
            patience.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(30), "it did not start");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TestContext.Current.CancellationToken);
        }

        (await shop.StopAsync(signal, TimeSpan.FromSeconds(20))).ShouldBeTrue();

        shop.ExitCode.ShouldBe(0);
        File.Delete(log);
    }

    private static async Task<T> ScalarAsync<T>(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(database);
        return (await connection.ExecuteScalarAsync<T>(sql))!;
    }
}
