using System.Globalization;

namespace LegacyShop.Api;

/// <summary>Which page of a list is wanted.</summary>
/// <param name="Page">1 to 10000.</param>
/// <param name="Size">Products per page, 1 to 100.</param>
internal sealed record PagingQuery(int Page, int Size)
{
    private const int MaxPage = 10_000;
    private const int MaxSize = 100;
    private const int DefaultSize = 24;

    /// <summary>Reads the two query parameters; the error is null when both are in range.</summary>
    public static (PagingQuery Query, string? Error) Parse(string? page, string? size)
    {
        var query = new PagingQuery(Number(page, fallback: 1), Number(size, DefaultSize));
        return (query, query.Page is < 1 or > MaxPage ? $"page must be 1 to {MaxPage}"
            : query.Size is < 1 or > MaxSize ? $"size must be 1 to {MaxSize}"
            : null);
    }

    private static int Number(string? text, int fallback) =>
        string.IsNullOrEmpty(text) ? fallback
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value
        : 0;
}
