namespace Shop.Adapters.Catalog;

/// <summary>Turns the shop's local times, which carry no zone, into instants.</summary>
internal static class ShopTime
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    /// <summary>
    /// The instant. In the hour that autumn repeats it is the second one (standard time); a time that spring skips, which a careless
    /// program may have written all the same, counts as if the clock had not been moved yet.
    /// </summary>
    public static DateTimeOffset ToInstant(DateTime local)
    {
        var plain = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        var offset = Berlin.IsInvalidTime(plain) || Berlin.IsAmbiguousTime(plain) ? Berlin.BaseUtcOffset : Berlin.GetUtcOffset(plain);
        return new DateTimeOffset(plain, offset).ToUniversalTime();
    }
}
