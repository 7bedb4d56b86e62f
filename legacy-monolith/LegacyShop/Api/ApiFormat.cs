using System.Globalization;

namespace LegacyShop.Api;

/// <summary>How values look in JSON.</summary>
internal static class ApiFormat
{
    /// <summary>Local time to the second, without a zone.</summary>
    public static string Time(DateTime local) => local.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>Local time to the millisecond, without a zone.</summary>
    public static string Stamp(DateTime local) => local.ToString("yyyy-MM-ddTHH:mm:ss.fff", CultureInfo.InvariantCulture);

    /// <summary>Cents as an amount of the currency.</summary>
    public static decimal Amount(int cents) => cents / 100m;
}
