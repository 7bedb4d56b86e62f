using System.Globalization;

namespace Catalog.Products;

/// <summary>Shoppers read the local time of Berlin, without an offset; the database keeps instants.</summary>
internal static class ShopClock
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    /// <summary>Now, to the millisecond.</summary>
    public static string Now(TimeProvider time) => Print(time.GetUtcNow().UtcDateTime, "yyyy-MM-ddTHH:mm:ss.fff");

    /// <summary>An instant, to the second.</summary>
    public static string Local(DateTime utc) => Print(utc, "yyyy-MM-ddTHH:mm:ss");

    private static string Print(DateTime utc, string format) =>
        TimeZoneInfo.ConvertTimeFromUtc(utc, Berlin).ToString(format, CultureInfo.InvariantCulture);
}
