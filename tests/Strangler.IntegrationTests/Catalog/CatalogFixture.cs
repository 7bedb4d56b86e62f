using Npgsql;
using Strangler.IntegrationTests.NewServices;

namespace Strangler.IntegrationTests.Catalog;

/// <summary>One Catalog with a handful of products that show each rule of its answers.</summary>
public sealed class CatalogFixture(SharedClusters clusters) : IAsyncLifetime
{
    private const string Products = """
        insert into catalog.product
            (id, number, sku, name, description, price, currency, weight_grams, status, available, search_text, created_at, updated_at)
        values
            (gen_random_uuid(), 1, 'LAMP', 'Lamp', 'Very BRIGHT', 19.99, 'EUR', null, 'active', 12, E'lamp\nvery bright', '2024-01-31 23:30Z', '2024-07-01 08:00:00.9Z'),
            (gen_random_uuid(), 2, 'ANVIL', 'anvil', null, 100.00, 'EUR', 250, 'active', 0, E'anvil\n', '2024-01-01Z', '2024-01-01Z'),
            (gen_random_uuid(), 3, 'LAMP2', 'Lamp', null, 5.10, 'EUR', 90, 'active', 1, E'lamp\n', '2024-01-01Z', '2024-01-01Z'),
            (gen_random_uuid(), 4, 'OLD', 'Old lamp', null, 1.00, 'EUR', 90, 'discontinued', 1, E'old lamp\n', '2024-01-01Z', '2024-01-01Z'),
            (gen_random_uuid(), 5, 'GONE', 'Gone lamp', null, 1.00, 'EUR', 90, 'removed', 1, E'gone lamp\n', '2024-01-01Z', '2024-01-01Z');
        insert into catalog.category values ('garden', 'garden'), ('tools', 'tools');
        insert into catalog.product_category select id, 'garden' from catalog.product where number in (1, 4);
        insert into catalog.product_category select id, 'tools' from catalog.product where number in (1, 2);
        insert into catalog.product_image select id, 2, '/img/b.jpg' from catalog.product where number = 1;
        insert into catalog.product_image select id, 1, '/img/a.jpg' from catalog.product where number = 1;
        """;

    private ServiceProcess? _catalog;

    /// <summary>The running service.</summary>
    internal ServiceProcess Catalog => _catalog ?? throw new InvalidOperationException("Not started.");

    public async ValueTask InitializeAsync()
    {
        var database = await clusters.EmptyCatalogAsync();
        _catalog = await ServiceProcess.StartReadyAsync("Catalog", database.ConnectionString);
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(Products, connection);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_catalog is not null)
        {
            await _catalog.DisposeAsync();
        }
    }
}
