using LegacyShop.Data;

namespace LegacyShop.Services;

/// <summary>An order, or the reason why there is none.</summary>
/// <param name="Order">The order when it was placed.</param>
/// <param name="Problem">One line for the shopper when it was not.</param>
/// <param name="Sku">The product that cannot be had; null when the cart was empty.</param>
internal sealed record CheckoutResult(Order? Order, string? Problem = null, string? Sku = null);
