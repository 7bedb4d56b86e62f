using LegacyShop.Data;

namespace LegacyShop.Api;

/// <summary>/api/stock</summary>
internal static class StockApi
{
    public static void MapStock(this IEndpointRouteBuilder app) => app.MapRead("/api/stock/{sku}", GetAsync);

    private static async Task<IResult> GetAsync(string sku, ProductRepository products, StockRepository stock)
    {
        var product = await products.FindAsync(sku);
        if (product is null || product.IsDeleted)
        {
            return ApiError.ProductNotFound(sku);
        }

        var levels = await stock.ListAsync(product.ProdId);
        return TypedResults.Ok(new StockResult(sku, levels, levels.Sum(level => level.Qty)));
    }
}
