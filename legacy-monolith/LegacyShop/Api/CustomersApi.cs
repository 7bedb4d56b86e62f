using LegacyShop.Services;
using LegacyShop.Web;

namespace LegacyShop.Api;

/// <summary>/api/customers</summary>
internal static class CustomersApi
{
    public static void MapCustomers(this IEndpointRouteBuilder app) => app.MapRead("/api/customers/{id:int}", GetAsync);

    private static async Task<IResult> GetAsync(int id, HttpContext context, Accounts accounts)
    {
        if (await accounts.FindCurrentAsync(context.GetSid()) is not { } customer)
        {
            return ApiError.LoginRequired();
        }

        return customer.CustId == id
            ? TypedResults.Ok(CustomerResult.From(customer))
            : ApiError.Result(StatusCodes.Status403Forbidden, "not your account");
    }
}
