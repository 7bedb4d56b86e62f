using LegacyShop.Services;
using LegacyShop.Web;

namespace LegacyShop.Api;

/// <summary>/api/cart</summary>
internal static class CartApi
{
    public static void MapCart(this IEndpointRouteBuilder app)
    {
        app.MapRead("/api/cart", GetAsync);
        app.MapPost("/api/cart", AddAsync);
        app.MapDelete("/api/cart/{sku}", RemoveAsync);
    }

    private static async Task<IResult> GetAsync(HttpContext context, Carts carts, ShopClock clock)
    {
        var lines = await carts.ListAsync(context.GetSid());
        var items = lines.Select(CartItem.From).ToList();
        return TypedResults.Ok(new CartResult(
            ApiFormat.Stamp(clock.Now), items, items.Sum(item => item.LineTotal), lines.Count > 0 ? lines[0].Currency : "EUR"));
    }

    private static async Task<IResult> AddAsync(CartRequest body, HttpContext context, Carts carts, ShopClock clock)
    {
        if (string.IsNullOrEmpty(body.Sku))
        {
            return ApiError.BadRequest("sku is required");
        }

        return await carts.AddAsync(context.GetSid(), body.Sku, body.Qty) switch
        {
            CartChange.BadQuantity => ApiError.BadRequest($"qty must be 1 to {Carts.MaxQty}"),
            CartChange.CartFull => ApiError.BadRequest($"a cart holds at most {Carts.MaxLines} products"),
            CartChange.ProductNotFound => ApiError.ProductNotFound(body.Sku),
            CartChange.ProductDiscontinued => ApiError.ProductDiscontinued(body.Sku),
            _ => await GetAsync(context, carts, clock),
        };
    }

    private static async Task<IResult> RemoveAsync(string sku, HttpContext context, Carts carts, ShopClock clock) =>
        await carts.RemoveAsync(context.GetSid(), sku)
            ? await GetAsync(context, carts, clock)
            : ApiError.Result(StatusCodes.Status404NotFound, "product not in cart", sku);
}
