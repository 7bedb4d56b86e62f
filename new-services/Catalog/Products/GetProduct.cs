using System.ComponentModel;
using Catalog.Defects;
using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Npgsql;
using ServiceDefaults.Api;

namespace Catalog.Products;

/// <summary><c>GET /v1/products/{sku}</c>: one product.</summary>
internal static class GetProduct
{
    private const string Sql = $"""
        select {ProductRow.Columns}, p.description, p.status, p.created_at as createdAt, p.updated_at as updatedAt,
               array(select i.url from catalog.product_image i where i.product_id = p.id order by i.position) as images
        from catalog.product p where p.sku = @sku
        """;

    public static void MapGetProduct(this IEndpointRouteBuilder app) =>
        app.MapRead("/v1/products/{sku}", HandleAsync)
            .WithTags("Products")
            .WithName("GetProduct")
            .WithSummary("One product; 404 when there is none, 410 when it is no longer sold")
            .Produces<ErrorAnswer>(StatusCodes.Status410Gone);

    private static async Task<Results<Ok<ProductDetail>, NotFound<ErrorAnswer>, JsonHttpResult<ErrorAnswer>>> HandleAsync(
        [Description("The stock keeping unit, exactly as written.")] string sku,
        NpgsqlDataSource database,
        TimeProvider time,
        IOptionsMonitor<DefectOptions> defects,
        CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var row = await connection.QueryFirstOrDefaultAsync<DetailRow>(
            new CommandDefinition(Sql, new { sku = StorableText.From(sku) }, cancellationToken: cancellation));
        var active = defects.CurrentValue;
        return row?.Status switch
        {
            "active" => TypedResults.Ok(Detail(row, time, active)),
            "discontinued" => TypedResults.Json(
                new ErrorAnswer("product discontinued") { Sku = sku },
                statusCode: active.WrongStatus ? StatusCodes.Status404NotFound : StatusCodes.Status410Gone),
            _ => TypedResults.NotFound(new ErrorAnswer("product not found") { Sku = sku }),
        };
    }

    private static ProductDetail Detail(DetailRow row, TimeProvider time, DefectOptions defects) =>
        new(
            ShopClock.Now(time),
            row.Number,
            row.Sku,
            row.Name,
            row.Price,
            row.Currency,
            TaxRule.WithTax(row.Price, defects.WrongValue),
            row.Categories,
            row.WeightGrams,
            row.Images,
            row.Available,
            ShopClock.Local(row.CreatedAt),
            ShopClock.Local(row.UpdatedAt))
        {
            Description = row.Description,
        };

    private sealed record DetailRow : ProductRow
    {
        public string? Description { get; init; }

        public required string Status { get; init; }

        public required DateTime CreatedAt { get; init; }

        public required DateTime UpdatedAt { get; init; }

        public required string[] Images { get; init; }
    }
}
