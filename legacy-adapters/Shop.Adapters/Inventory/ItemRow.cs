namespace Shop.Adapters.Inventory;

/// <summary>A row of <c>inventory.item</c>.</summary>
internal sealed record ItemRow(Guid Id, int Number, string Sku, string Status);
