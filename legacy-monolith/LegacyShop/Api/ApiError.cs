using System.Text.Json.Serialization;

namespace LegacyShop.Api;

/// <summary>The body of every answer that is not a success.</summary>
/// <param name="Error">One line for a developer.</param>
/// <param name="Sku">The product it is about, if any.</param>
internal sealed record ApiError(
    string Error,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Sku = null)
{
    /// <summary>The answer with a status code.</summary>
    public static IResult Result(int status, string error, string? sku = null) =>
        TypedResults.Json(new ApiError(error, sku), statusCode: status);

    public static IResult BadRequest(string error) => Result(StatusCodes.Status400BadRequest, error);

    public static IResult LoginRequired() => Result(StatusCodes.Status401Unauthorized, "login required");

    public static IResult ProductNotFound(string sku) => Result(StatusCodes.Status404NotFound, "product not found", sku);

    public static IResult ProductDiscontinued(string sku) => Result(StatusCodes.Status410Gone, "product discontinued", sku);
}
