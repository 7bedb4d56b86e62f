using Dapper;
using Npgsql;

namespace LegacyShop.Data;

/// <summary>Carts, kept by session.</summary>
internal sealed class CartRepository(NpgsqlDataSource database)
{
    private const string Columns =
        "p.prod_id, p.sku, p.name, c.qty, p.price_cents, p.currency, (p.active = 'Y' and p.deleted = 'N') as on_sale";

    /// <summary>The lines in the order in which they were added.</summary>
    public async Task<IReadOnlyList<CartLine>> ListAsync(string sid)
    {
        await using var connection = await database.OpenConnectionAsync();
        var lines = await connection.QueryAsync<CartLine>(
            $"select {Columns} from carts c join products p on p.sku = c.sku where c.sid = @sid order by c.added, c.sku",
            new { sid });
        return lines.AsList();
    }

    /// <summary>Sets the quantity of a line, adding the line when it is new.</summary>
    public async Task SetAsync(string sid, string sku, int qty, DateTime now)
    {
        await using var connection = await database.OpenConnectionAsync();
        await connection.ExecuteAsync(
            """
            insert into carts (sid, sku, qty, added) values (@sid, @sku, @qty, @now)
            on conflict (sid, sku) do update set qty = excluded.qty
            """,
            new { sid, sku, qty, now });
    }

    /// <summary>False when the line was not there.</summary>
    public async Task<bool> RemoveAsync(string sid, string sku)
    {
        await using var connection = await database.OpenConnectionAsync();
        return await connection.ExecuteAsync("delete from carts where sid = @sid and sku = @sku", new { sid, sku }) > 0;
    }

    /// <summary>
    /// Empties the cart inside the caller's transaction and returns what was in it, by product number.
    /// A second checkout of the same cart waits here and then finds it empty.
    /// </summary>
    public static async Task<IReadOnlyList<CartLine>> TakeAllAsync(NpgsqlConnection connection, string sid)
    {
        var lines = await connection.QueryAsync<CartLine>(
            $"""
            with c as (delete from carts where sid = @sid returning sku, qty)
            select {Columns} from c join products p on p.sku = c.sku order by p.prod_id
            """,
            new { sid });
        return lines.AsList();
    }
}
