using LegacyShop.Data;
using LegacyShop.Services;
using LegacyShop.Web;

namespace LegacyShop.Api;

/// <summary>/api/orders</summary>
internal static class OrdersApi
{
    public static void MapOrders(this IEndpointRouteBuilder app)
    {
        app.MapRead("/api/orders", ListAsync);
        app.MapPost("/api/orders", PlaceAsync);
    }

    private static async Task<IResult> ListAsync(
        HttpContext context, Accounts accounts, OrderRepository orders, ShopClock clock)
    {
        if (await accounts.FindCurrentAsync(context.GetSid()) is not { } customer)
        {
            return ApiError.LoginRequired();
        }

        var list = await orders.ListAsync(customer.CustId);
        return TypedResults.Ok(new OrderList(ApiFormat.Stamp(clock.Now), list.Select(OrderResult.From)));
    }

    private static async Task<IResult> PlaceAsync(
        OrderRequest? body, HttpContext context, Accounts accounts, Checkout checkout)
    {
        var sid = context.GetSid();
        if (await accounts.FindCurrentAsync(sid) is not { } customer)
        {
            return ApiError.LoginRequired();
        }

        if (body?.Note?.Length > Checkout.MaxNote)
        {
            return ApiError.BadRequest($"note must have at most {Checkout.MaxNote} characters");
        }

        var result = await checkout.PlaceOrderAsync(sid, customer, body?.Note);
        return result switch
        {
            { Order: { } order } => TypedResults.Created(context.AbsoluteUrl("/api/orders"), OrderResult.From(order)),
            { Sku: null } => ApiError.BadRequest(result.Problem!),
            _ => ApiError.Result(StatusCodes.Status409Conflict, result.Problem!, result.Sku),
        };
    }
}
