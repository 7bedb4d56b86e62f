using LegacyShop.Data;
using LegacyShop.Services;

namespace LegacyShop.Api;

/// <summary>/api/products</summary>
internal static class ProductsApi
{
    public static void MapProducts(this IEndpointRouteBuilder app)
    {
        app.MapRead("/api/products", ListAsync);
        app.MapRead("/api/products/{sku}", GetAsync);
    }

    private static async Task<IResult> ListAsync(
        string? category, string? page, string? size, ProductRepository products, ShopClock clock)
    {
        var (query, error) = PagingQuery.Parse(page, size);
        if (error is not null)
        {
            return ApiError.BadRequest(error);
        }

        var filter = string.IsNullOrWhiteSpace(category) ? null : CategoryText.Normalize(category);
        var total = await products.CountAsync(filter);
        var items = await products.ListAsync(filter, query.Page, query.Size);
        return TypedResults.Ok(new ProductPage(
            ApiFormat.Stamp(clock.Now), query.Page, query.Size, total, items.Select(ProductItem.From)));
    }

    private static async Task<IResult> GetAsync(string sku, ProductRepository products, ShopClock clock)
    {
        var product = await products.FindAsync(sku);
        if (product is null || product.IsDeleted)
        {
            return ApiError.ProductNotFound(sku);
        }

        if (product.IsDiscontinued)
        {
            return ApiError.ProductDiscontinued(sku);
        }

        var images = await products.ListImagesAsync(product.ProdId);
        return TypedResults.Ok(ProductDetail.From(product, images, clock.Now));
    }
}
