using LegacyShop.Services;

namespace LegacyShop.Api;

/// <summary>/api/search</summary>
internal static class SearchApi
{
    public static void MapSearch(this IEndpointRouteBuilder app) => app.MapRead("/api/search", SearchAsync);

    private static async Task<IResult> SearchAsync(string? q, ProductSearch search, ShopClock clock)
    {
        if (q is null || q.Length < ProductSearch.MinLength)
        {
            return ApiError.BadRequest($"q must have at least {ProductSearch.MinLength} characters");
        }

        var hits = await search.FindAsync(q);
        return TypedResults.Ok(new SearchResult(
            ApiFormat.Stamp(clock.Now), q, hits.Count, hits.Select(ProductItem.From)));
    }
}
