using System.Globalization;

namespace LegacyShop.Pages;

/// <summary>Amounts as people read them.</summary>
internal static class Money
{
    /// <summary>1,234.50 EUR</summary>
    public static string Format(int cents, string currency) =>
        string.Create(CultureInfo.InvariantCulture, $"{cents / 100m:N2} {currency}");
}
