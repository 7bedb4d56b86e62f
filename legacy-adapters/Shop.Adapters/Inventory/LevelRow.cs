namespace Shop.Adapters.Inventory;

/// <summary>A row of <c>inventory.level</c>.</summary>
internal sealed record LevelRow(Guid ItemId, string Warehouse, int Quantity, DateTimeOffset ChangedAt);
