namespace Inventory.Stock;

/// <summary>What one warehouse holds.</summary>
/// <param name="Wh">The warehouse: three letters.</param>
/// <param name="Qty">Pieces; 0 when it has run out.</param>
internal sealed record StockLevel(string Wh, int Qty);
