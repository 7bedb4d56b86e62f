using System.Globalization;

namespace LegacyShop.Web;

/// <summary>/img: pictures of products. The real ones are gone, so a coloured tile is drawn for each name.</summary>
internal static class ProductImages
{
    private const int MaxName = 40;
    private const int GoldenAngle = 137;
    private const int FullCircle = 360;

    public static void MapProductImages(this IEndpointRouteBuilder app) => app.MapGet("/img/{name}", Draw);

    private static IResult Draw(string name, HttpContext context)
    {
        if (name.Length > MaxName || !name.EndsWith(".jpg", StringComparison.Ordinal))
        {
            return TypedResults.NotFound();
        }

        var number = name.Aggregate(0, (sum, c) => unchecked((sum * 31) + c)) & int.MaxValue;
        var hue = number % FullCircle;
        var svg = string.Create(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 180">
            <rect width="240" height="180" fill="hsl({hue},30%,90%)"/>
            <circle cx="{60 + (number % 120)}" cy="70" r="44" fill="hsl({hue},38%,72%)"/>
            <path d="M0 180 L{40 + (number % 90)} 84 L{150 + (number % 50)} 180 Z" fill="hsl({(hue + GoldenAngle) % FullCircle},26%,60%)"/>
            </svg>
            """);
        context.Response.Headers.CacheControl = "public, max-age=86400";
        return TypedResults.Text(svg, "image/svg+xml");
    }
}
