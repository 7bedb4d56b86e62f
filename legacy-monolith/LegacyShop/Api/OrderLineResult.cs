namespace LegacyShop.Api;

/// <summary>A line of an order; the price is for one piece, without tax.</summary>
internal sealed record OrderLineResult(string Sku, string Name, int Qty, decimal Price);
