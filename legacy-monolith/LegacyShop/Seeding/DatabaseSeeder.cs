using Dapper;
using LegacyShop.Data;
using Npgsql;

namespace LegacyShop.Seeding;

/// <summary>Creates the tables when there are none and fills them, all or nothing.</summary>
internal static class DatabaseSeeder
{
    private const int SetupLock = 2009;

    /// <summary>The rows written to each table.</summary>
    public static async Task<IReadOnlyList<(string Table, long Rows)>> RunAsync(NpgsqlDataSource database, SeedOptions options)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync("select pg_advisory_xact_lock(@SetupLock)", new { SetupLock });
        await PrepareTablesAsync(connection);

        var counts = new List<(string, long)>();
        foreach (var table in SeedData.Create(options))
        {
            counts.Add((table.Name, await CopyAsync(connection, table)));
        }

        await connection.ExecuteAsync("""
            select setval(pg_get_serial_sequence('products', 'prod_id'), max(prod_id)) from products;
            select setval(pg_get_serial_sequence('product_images', 'img_id'), max(img_id)) from product_images;
            select setval(pg_get_serial_sequence('customers', 'cust_id'), max(cust_id)) from customers;
            select setval(pg_get_serial_sequence('orders', 'ord_id'), max(ord_id)) from orders;
            """);
        await transaction.CommitAsync();
        await connection.ExecuteAsync("analyze products, product_images, stock, customers, orders, order_items");
        return counts;
    }

    private static async Task PrepareTablesAsync(NpgsqlConnection connection)
    {
        if (await connection.ExecuteScalarAsync<bool>("select to_regclass('products') is null"))
        {
            await connection.ExecuteAsync(ShopDatabase.ReadSchema());
        }
        else if (await connection.ExecuteScalarAsync<bool>(
            "select exists (select from products) or exists (select from customers) or exists (select from orders)"))
        {
            throw new ShopException($"The database '{connection.Database}' is not empty; only an empty one can be seeded.");
        }
    }

    private static async Task<long> CopyAsync(NpgsqlConnection connection, SeedTable table)
    {
        await using var writer = await connection.BeginBinaryImportAsync(
            $"copy {table.Name} ({table.Columns}) from stdin (format binary)");
        foreach (var row in table.Rows)
        {
            await writer.WriteRowAsync(CancellationToken.None, row);
        }

        return (long)await writer.CompleteAsync();
    }
}
