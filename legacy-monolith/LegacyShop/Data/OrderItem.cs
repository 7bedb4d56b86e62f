namespace LegacyShop.Data;

/// <summary>A row of order_items.</summary>
internal sealed class OrderItem
{
    public int OrdId { get; init; }

    public int LineNo { get; init; }

    public required string Sku { get; init; }

    public required string Name { get; init; }

    public int Qty { get; init; }

    /// <summary>One piece, without tax, on the day of the order.</summary>
    public int PriceCents { get; init; }
}
