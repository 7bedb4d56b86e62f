using Strangler.Sync.Mapping;

namespace Shop.Adapters;

/// <summary>Turns the shop's local times, which carry no zone, into instants.</summary>
internal static class ShopTime
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
    private static readonly DateTime First = DateTime.MinValue.AddDays(1);
    private static readonly DateTime Last = DateTime.MaxValue.AddDays(-1);

    /// <summary>
    /// The instant. In the hour that autumn repeats it is the second one (standard time); a time that spring skips, which a careless
    /// program may have written all the same, counts as if the clock had not been moved yet.
    /// </summary>
    /// <exception cref="MappingValueException">It is one of the first or last days of the calendar: infinity, or a slip of the pen.</exception>
    public static DateTimeOffset ToInstant(DateTime local)
    {
        var plain = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        if (plain < First || plain > Last)
        {
            throw new MappingValueException($"the time {plain:s} is no time of a shop");
        }

        var offset = Berlin.IsInvalidTime(plain) || Berlin.IsAmbiguousTime(plain) ? Berlin.BaseUtcOffset : Berlin.GetUtcOffset(plain);
        return new DateTimeOffset(plain, offset).ToUniversalTime();
    }
}
