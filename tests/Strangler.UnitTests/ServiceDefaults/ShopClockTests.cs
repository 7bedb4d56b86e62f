extern alias ServiceDefaults;

using ServiceDefaults::ServiceDefaults.Api;
using Shouldly;
using Xunit;

namespace Strangler.UnitTests.ServiceDefaults;

public sealed class ShopClockTests
{
    [Fact]
    public void Local_Winter_OneHourAheadOfUtc() =>
        ShopClock.Local(new DateTime(2024, 1, 31, 23, 30, 15, 999, DateTimeKind.Utc)).ShouldBe("2024-02-01T00:30:15");

    [Fact]
    public void Local_Summer_TwoHoursAheadOfUtc() =>
        ShopClock.Local(new DateTime(2024, 7, 1, 8, 0, 0, DateTimeKind.Utc)).ShouldBe("2024-07-01T10:00:00");

    [Fact]
    public void Now_AnyInstant_PrintedToTheMillisecond() =>
        ShopClock.Now(new FixedTime(new DateTimeOffset(2026, 11, 20, 17, 40, 0, 123, TimeSpan.Zero)))
            .ShouldBe("2026-11-20T18:40:00.123");

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
