namespace LegacyShop.Data;

/// <summary>What one warehouse holds of a product.</summary>
internal sealed class StockLevel
{
    public required string Wh { get; init; }

    public int Qty { get; init; }
}
