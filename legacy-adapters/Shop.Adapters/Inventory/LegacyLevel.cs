namespace Shop.Adapters.Inventory;

/// <summary>A row of <c>stock</c>.</summary>
internal sealed record LegacyLevel(int ProdId, string Wh, int Qty, DateTime Changed);
