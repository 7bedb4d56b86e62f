namespace LegacyShop.Data;

/// <summary>A product in a cart, with what it costs today.</summary>
internal sealed class CartLine
{
    public int ProdId { get; init; }

    public required string Sku { get; init; }

    public required string Name { get; init; }

    public int Qty { get; init; }

    public int PriceCents { get; init; }

    public required string Currency { get; init; }

    /// <summary>False when the product left the shop after it was put into the cart.</summary>
    public bool OnSale { get; init; }
}
