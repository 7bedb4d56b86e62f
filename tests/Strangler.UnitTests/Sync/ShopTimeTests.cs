using System.Globalization;
using Shop.Adapters;
using Shouldly;
using Xunit;

namespace Strangler.UnitTests.Sync;

public sealed class ShopTimeTests
{
    [Theory]
    [InlineData("2026-01-15T12:00:00", "2026-01-15T11:00:00")]
    [InlineData("2026-07-15T12:00:00", "2026-07-15T10:00:00")]
    // The hour that autumn repeats: the second one.
    [InlineData("2026-10-25T02:30:00", "2026-10-25T01:30:00")]
    // The hour that spring skips.
    [InlineData("2026-03-29T02:30:00", "2026-03-29T01:30:00")]
    public void ToInstant_LocalTime_IsUtc(string local, string utc) => ShopTime.ToInstant(Time(local)).UtcDateTime.ShouldBe(Time(utc));

    private static DateTime Time(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture);
}
