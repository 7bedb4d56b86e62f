namespace LegacyShop.Api;

/// <summary>The visitor's cart; amounts with tax.</summary>
internal sealed record CartResult(string GeneratedAt, IReadOnlyList<CartItem> Items, decimal Total, string Currency);
