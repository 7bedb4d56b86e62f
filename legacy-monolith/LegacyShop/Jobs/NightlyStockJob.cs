using Dapper;
using LegacyShop.Services;
using Npgsql;

namespace LegacyShop.Jobs;

/// <summary>The nightly job: brings what the warehouses counted into the tables, past all of the shop's code.</summary>
internal sealed class NightlyStockJob(NpgsqlDataSource database, ShopClock clock)
{
    // Waits for running orders, which lock rows before they change them, so that the two cannot lock each other out.
    private const string LockStock = "lock table stock in exclusive mode";

    private const string CorrectStock = """
        update stock
        set qty = case when qty < 5 then qty + 40 else greatest(0, qty + (prod_id + @seed) % 7 - 3) end, changed = @now
        where (prod_id::bigint * 7919 + @seed) % 20 = 0 and (qty < 5 or (prod_id + @seed) % 7 <> 3)
        """;

    private const string RemoveStock = """
        delete from stock s using products p
        where p.prod_id = s.prod_id and p.deleted = 'Y' and (s.prod_id::bigint * 7919 + @seed) % 5 = 0
        """;

    private const string ChangePrices = """
        with picked as (
            select prod_id, price_cents as old_cents,
                   greatest(100, price_cents + ((prod_id + @seed) % 9 - 4) * 10) as new_cents
            from products
            where deleted = 'N' and (prod_id::bigint * 104729 + @seed) % 50 = 0
            for update),
        logged as (
            insert into price_log (prod_id, old_cents, new_cents, changed)
            select prod_id, old_cents, new_cents, @now from picked where new_cents <> old_cents)
        update products p
        set price_cents = picked.new_cents, updated = @now
        from picked
        where p.prod_id = picked.prod_id and picked.new_cents <> picked.old_cents
        """;

    private const string ReplaceImages = """
        with old as (
            delete from product_images where (prod_id::bigint * 31 + @seed) % 200 = 0 returning prod_id, pos)
        insert into product_images (prod_id, pos, url)
        select prod_id, pos, '/img/' || prod_id || '-' || pos || '-' || @seed || '.jpg' from old order by prod_id, pos
        """;

    /// <summary>Runs one night; which rows it touches follows from the seed (0 or more).</summary>
    public async Task<NightlyStockResult> RunAsync(int seed)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var night = new { seed, now = clock.Now };
        await connection.ExecuteAsync(LockStock);
        var result = new NightlyStockResult(
            StockRemoved: await connection.ExecuteAsync(RemoveStock, night),
            StockCorrected: await connection.ExecuteAsync(CorrectStock, night),
            PricesChanged: await connection.ExecuteAsync(ChangePrices, night),
            ImagesReplaced: await connection.ExecuteAsync(ReplaceImages, night));
        await transaction.CommitAsync();
        return result;
    }
}
