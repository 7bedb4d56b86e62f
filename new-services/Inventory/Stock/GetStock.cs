using System.ComponentModel;
using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using ServiceDefaults.Api;

namespace Inventory.Stock;

/// <summary><c>GET /v1/stock/{sku}</c>: the stock of one item.</summary>
internal static class GetStock
{
    // One statement, so that item and levels are of one moment; an item without levels is one row of nulls.
    private const string Sql = """
        select l.warehouse, l.quantity
        from inventory.item i left join inventory.level l on l.item_id = i.id
        where i.sku = @sku and i.status = 'active'
        order by l.warehouse
        """;

    public static void MapGetStock(this IEndpointRouteBuilder app) =>
        app.MapRead("/v1/stock/{sku}", HandleAsync)
            .WithTags("Stock")
            .WithName("GetStock")
            .WithSummary("The stock of one item by warehouse; 404 when there is no such item");

    private static async Task<Results<Ok<StockAnswer>, NotFound<ErrorAnswer>>> HandleAsync(
        [Description("The stock keeping unit, exactly as written.")] string sku,
        NpgsqlDataSource database,
        CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var rows = (await connection.QueryAsync<LevelRow>(
            new CommandDefinition(Sql, new { sku = StorableText.From(sku) }, cancellationToken: cancellation))).AsList();
        if (rows.Count == 0)
        {
            return TypedResults.NotFound(new ErrorAnswer("product not found", sku));
        }

        StockLevel[] levels = [.. rows.Where(row => row.Warehouse is not null).Select(row => new StockLevel(row.Warehouse!, row.Quantity))];
        return TypedResults.Ok(new StockAnswer(sku, levels, levels.Sum(level => (long)level.Qty)));
    }

    private sealed record LevelRow
    {
        public string? Warehouse { get; init; }

        public int Quantity { get; init; }
    }
}
