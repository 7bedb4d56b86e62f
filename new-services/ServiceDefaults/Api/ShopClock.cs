using System.Globalization;

namespace ServiceDefaults.Api;

/// <summary>Shoppers read the local time of Berlin, without an offset; the databases keep instants.</summary>
public static class ShopClock
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    /// <summary>Now, to the millisecond.</summary>
    /// <param name="time">The clock.</param>
    public static string Now(TimeProvider time) => Print(time.GetUtcNow().UtcDateTime, "yyyy-MM-ddTHH:mm:ss.fff");

    /// <summary>An instant, to the second.</summary>
    /// <param name="utc">The instant, as the database gives it.</param>
    public static string Local(DateTime utc) => Print(utc, "yyyy-MM-ddTHH:mm:ss");

    private static string Print(DateTime utc, string format) =>
        TimeZoneInfo.ConvertTimeFromUtc(utc, Berlin).ToString(format, CultureInfo.InvariantCulture);
}
