namespace Shop.Adapters.Catalog;

/// <summary>A row of <c>stock</c>.</summary>
internal sealed record LegacyStock(int ProdId, int Qty);
