using LegacyShop.Data;

namespace LegacyShop.Api;

/// <summary>The stock of a product by warehouse.</summary>
internal sealed record StockResult(string Sku, IReadOnlyList<StockLevel> Warehouses, int Total);
