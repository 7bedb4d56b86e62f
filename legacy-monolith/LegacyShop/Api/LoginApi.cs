using LegacyShop.Services;
using LegacyShop.Web;

namespace LegacyShop.Api;

/// <summary>/api/login</summary>
internal static class LoginApi
{
    public static void MapLogin(this IEndpointRouteBuilder app) => app.MapPost("/api/login", LogInAsync);

    private static async Task<IResult> LogInAsync(LoginRequest body, HttpContext context, Accounts accounts)
    {
        if (string.IsNullOrEmpty(body.Email) || string.IsNullOrEmpty(body.Password))
        {
            return ApiError.BadRequest("email and password are required");
        }

        var customer = await accounts.LogInAsync(context.GetSid(), body.Email, body.Password);
        return customer is null
            ? ApiError.Result(StatusCodes.Status401Unauthorized, "email or password is wrong")
            : TypedResults.Ok(new LoginResult(customer.CustId, customer.FullName));
    }
}
