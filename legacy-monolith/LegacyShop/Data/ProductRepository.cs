using Dapper;
using Npgsql;

namespace LegacyShop.Data;

/// <summary>Reads products and their images.</summary>
internal sealed class ProductRepository(NpgsqlDataSource database)
{
    private const string Columns =
        "p.prod_id, p.sku, p.name, p.descr, p.price_cents, p.currency, p.categories, p.weight_g, "
        + "p.active, p.deleted, p.created, p.updated";

    private const string Stock = "(select coalesce(sum(s.qty), 0) from stock s where s.prod_id = p.prod_id)::int as stock";

    private const string OnSale = "p.active = 'Y' and p.deleted = 'N'";

    private const string InCategory =
        "(@category is null or @category = any (select lower(btrim(c)) from unnest(string_to_array(p.categories, ',')) c))";

    /// <summary>The product with this article number, whatever its flags say; null when there is none.</summary>
    public async Task<Product?> FindAsync(string sku)
    {
        await using var connection = await database.OpenConnectionAsync();
        return await connection.QuerySingleOrDefaultAsync<Product>(
            $"select {Columns}, {Stock} from products p where p.sku = @sku", new { sku });
    }

    /// <summary>URLs of the images in their order.</summary>
    public async Task<IReadOnlyList<string>> ListImagesAsync(int prodId)
    {
        await using var connection = await database.OpenConnectionAsync();
        var urls = await connection.QueryAsync<string>(
            "select url from product_images where prod_id = @prodId order by pos, img_id", new { prodId });
        return urls.AsList();
    }

    /// <summary>How many products are on sale, in one category (lower case) or in all.</summary>
    public async Task<int> CountAsync(string? category)
    {
        await using var connection = await database.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<int>(
            $"select count(*)::int from products p where {OnSale} and {InCategory}", new { category });
    }

    /// <summary>One page of the products on sale by name; <paramref name="page"/> counts from 1.</summary>
    public async Task<IReadOnlyList<Product>> ListAsync(string? category, int page, int size)
    {
        await using var connection = await database.OpenConnectionAsync();
        var rows = await connection.QueryAsync<Product>(
            $"""
            select {Columns}, {Stock}
            from products p
            where {OnSale} and {InCategory}
            order by p.name collate "C", p.prod_id
            limit @size offset @skip
            """,
            new { category, size, skip = (page - 1) * size });
        return rows.AsList();
    }

    /// <summary>Everything on sale, oldest first.</summary>
    public async Task<IReadOnlyList<Product>> ListAllAsync()
    {
        await using var connection = await database.OpenConnectionAsync();
        var rows = await connection.QueryAsync<Product>(
            $"""
            select {Columns}, coalesce(s.qty, 0)::int as stock
            from products p
            left join (select prod_id, sum(qty) as qty from stock group by prod_id) s on s.prod_id = p.prod_id
            where {OnSale}
            order by p.prod_id
            """);
        return rows.AsList();
    }
}
