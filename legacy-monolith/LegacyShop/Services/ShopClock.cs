namespace LegacyShop.Services;

/// <summary>The clock on the shop's wall: local time of Europe/Berlin, without a zone.</summary>
internal sealed class ShopClock(TimeProvider time)
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    public DateTime Now => TimeZoneInfo.ConvertTime(time.GetUtcNow(), Berlin).DateTime;

    /// <summary>False in the hour that is skipped when summer time begins.</summary>
    public static bool Exists(DateTime local) => !Berlin.IsInvalidTime(local);
}
