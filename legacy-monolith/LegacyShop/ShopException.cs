namespace LegacyShop;

/// <summary>A failure that one sentence explains to the person at the keyboard.</summary>
internal sealed class ShopException(string message) : Exception(message);
