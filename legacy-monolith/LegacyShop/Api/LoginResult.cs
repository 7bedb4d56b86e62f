namespace LegacyShop.Api;

/// <summary>Who is logged in now.</summary>
internal sealed record LoginResult(int CustomerId, string Name);
