namespace LegacyShop.Api;

/// <summary>What a search found.</summary>
internal sealed record SearchResult(string GeneratedAt, string Query, int Count, IEnumerable<ProductItem> Items);
