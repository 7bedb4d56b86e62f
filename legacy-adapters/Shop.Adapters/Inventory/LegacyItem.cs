namespace Shop.Adapters.Inventory;

/// <summary>What the inventory needs of a row of <c>products</c>.</summary>
internal sealed record LegacyItem(int ProdId, string Sku, string Deleted);
