using LegacyShop.Services;
using Shouldly;
using Xunit;

namespace Strangler.UnitTests.LegacyShop;

public sealed class ShopClockTests
{
    [Theory]
    [InlineData("2026-07-01T10:00:00Z", "2026-07-01T12:00:00")]
    [InlineData("2026-12-01T10:00:00Z", "2026-12-01T11:00:00")]
    [InlineData("2026-10-25T00:30:00Z", "2026-10-25T02:30:00")]
    [InlineData("2026-10-25T01:30:00Z", "2026-10-25T02:30:00")]
    public void Now_SummerAndWinter_IsBerlinsWallClock(string utc, string local)
    {
        var clock = new ShopClock(new FixedTime(DateTimeOffset.Parse(utc)));

        clock.Now.ShouldBe(DateTime.Parse(local));
        clock.Now.Kind.ShouldBe(DateTimeKind.Unspecified);
    }

    [Theory]
    [InlineData("2026-03-29T02:30:00", false)]
    [InlineData("2026-03-29T03:00:00", true)]
    [InlineData("2026-10-25T02:30:00", true)]
    public void Exists_SkippedHour_DoesNot(string local, bool expected) =>
        ShopClock.Exists(DateTime.Parse(local)).ShouldBe(expected);

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
