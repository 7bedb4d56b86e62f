using LegacyShop.Services;

namespace LegacyShop.Seeding;

/// <summary>Times that depend on the seed alone, never on today.</summary>
internal sealed class SeedCalendar
{
    private const int EpochDays = 180;
    private const int SecondsPerDay = 86_400;

    private static readonly DateTime FirstEpoch = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);

    public SeedCalendar(int seed) => Epoch = FirstEpoch.AddDays((uint)seed % EpochDays);

    /// <summary>Products and customers are older, orders are younger.</summary>
    public DateTime Epoch { get; }

    /// <summary>A random local time, to the second, between two days counted from <paramref name="start"/>.</summary>
    public static DateTime Between(DateTime start, int firstDay, int lastDay, Random random)
    {
        var time = start.AddDays(random.Next(firstDay, lastDay)).AddSeconds(random.Next(SecondsPerDay));
        return ShopClock.Exists(time) ? time : time.AddHours(1);
    }
}
