namespace LegacyShop.Api;

/// <summary>A product to put into the cart, on top of what is there.</summary>
/// <param name="Sku">Article number.</param>
/// <param name="Qty">1 to 99.</param>
internal sealed record CartRequest(string? Sku, int Qty);
