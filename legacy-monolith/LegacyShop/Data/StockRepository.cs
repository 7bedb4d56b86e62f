using Dapper;
using Npgsql;

namespace LegacyShop.Data;

/// <summary>Reads and takes stock.</summary>
internal sealed class StockRepository(NpgsqlDataSource database)
{
    /// <summary>The warehouses that know the product.</summary>
    public async Task<IReadOnlyList<StockLevel>> ListAsync(int prodId)
    {
        await using var connection = await database.OpenConnectionAsync();
        var rows = await connection.QueryAsync<StockLevel>(
            "select wh, qty from stock where prod_id = @prodId order by wh", new { prodId });
        return rows.AsList();
    }

    /// <summary>
    /// Takes <paramref name="qty"/> pieces, warehouse by warehouse, inside the caller's transaction.
    /// False, with nothing taken, when all warehouses together hold less.
    /// </summary>
    public static async Task<bool> TakeAsync(NpgsqlConnection connection, int prodId, int qty, DateTime now)
    {
        var levels = (await connection.QueryAsync<StockLevel>(
            "select wh, qty from stock where prod_id = @prodId and qty > 0 order by wh for update", new { prodId })).AsList();
        if (levels.Sum(level => (long)level.Qty) < qty)
        {
            return false;
        }

        foreach (var level in levels)
        {
            var taken = Math.Min(qty, level.Qty);
            if (taken == 0)
            {
                break;
            }

            await connection.ExecuteAsync(
                "update stock set qty = qty - @taken, changed = @now where prod_id = @prodId and wh = @wh",
                new { taken, now, prodId, wh = level.Wh });
            qty -= taken;
        }

        return true;
    }
}
