namespace LegacyShop.Services;

/// <summary>The number that the customer sees.</summary>
internal static class OrderNumber
{
    /// <summary>SO-00000042 for 42.</summary>
    public static string Format(int orderId) => $"SO-{orderId:D8}";
}
