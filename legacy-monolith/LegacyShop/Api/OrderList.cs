namespace LegacyShop.Api;

/// <summary>The customer's last orders, newest first.</summary>
internal sealed record OrderList(string GeneratedAt, IEnumerable<OrderResult> Orders);
