using System.Collections.Immutable;
using LegacyShop.Data;

namespace LegacyShop.Services;

/// <summary>The search: reads every product and looks at each. It was fast enough with 200 products.</summary>
internal sealed class ProductSearch(ProductRepository products)
{
    /// <summary>Shortest text to search for.</summary>
    public const int MinLength = 2;

    private const int MaxHits = 50;

    /// <summary>The first 50 products by id whose name or description contains the text, in no particular order.</summary>
    public async Task<IReadOnlyCollection<Product>> FindAsync(string text)
    {
        var needle = text.ToLowerInvariant();
        var hits = (await products.ListAllAsync())
            .Where(product => Contains(product.Name, needle) || Contains(product.Descr, needle))
            .Take(MaxHits)
            .ToImmutableDictionary(product => product.Sku, StringComparer.Ordinal);
        return [.. hits.Values];
    }

    private static bool Contains(string? text, string needle) =>
        text is not null && text.ToLowerInvariant().Contains(needle, StringComparison.Ordinal);
}
