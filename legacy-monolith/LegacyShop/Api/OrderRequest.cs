namespace LegacyShop.Api;

/// <summary>What can be said when an order is placed; the whole body is optional.</summary>
/// <param name="Note">Up to 500 characters.</param>
internal sealed record OrderRequest(string? Note);
