namespace Inventory.Stock;

/// <summary>The stock of one item.</summary>
/// <param name="Sku">The stock keeping unit.</param>
/// <param name="Warehouses">The warehouses that know the item, by their names; empty when none does.</param>
/// <param name="Total">Pieces in all warehouses.</param>
internal sealed record StockAnswer(string Sku, StockLevel[] Warehouses, long Total);
