namespace Catalog.Products;

/// <summary>What a search found.</summary>
/// <param name="GeneratedAt">Local time of the shop.</param>
/// <param name="Query">The text searched for.</param>
/// <param name="Count">The number of items, at most 50.</param>
/// <param name="Items">In no particular order.</param>
internal sealed record SearchAnswer(string GeneratedAt, string Query, int Count, ProductItem[] Items);
