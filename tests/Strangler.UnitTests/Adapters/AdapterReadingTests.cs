using Shouldly;
using Strangler.Proxy.Adapters;
using Xunit;

namespace Strangler.UnitTests.Adapters;

public sealed class AdapterReadingTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0)]
    [InlineData(3600)]
    [InlineData(-90)]
    public void Of_ClocksApart_MovesWatermarksToTheEdgesClock(int offsetSeconds)
    {
        // Asked at 0, answered at 40 ms; the adapters looked at their clock half-way.
        var offset = TimeSpan.FromSeconds(offsetSeconds);
        var adaptersNow = Start.AddMilliseconds(20) + offset;
        var status = new AdapterStatus(adaptersNow, [new AdapterStream("shop", adaptersNow.AddMilliseconds(-100), 0.1)]);

        var reading = AdapterReading.Of(status, Start, Start.AddMilliseconds(40));

        reading.ClockOffset.ShouldBe(offset);
        var watermark = reading.WatermarkOf("shop").ShouldNotBeNull();
        watermark.Time.ShouldBe(Start.AddMilliseconds(-80));
        watermark.Margin.ShouldBe(TimeSpan.FromMilliseconds(20));
        reading.LagOf("shop").ShouldBe(0.1);
    }

    [Theory]
    [InlineData("0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z")]
    [InlineData("9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z")]
    public void WatermarkOf_TimesThatNoCalendarHas_IsNull(string now, string watermark)
    {
        var status = new AdapterStatus(DateTimeOffset.Parse(now), [new AdapterStream("shop", DateTimeOffset.Parse(watermark), 0)]);

        AdapterReading.Of(status, Start, Start.AddMilliseconds(40)).WatermarkOf("shop").ShouldBeNull();
    }

    [Fact]
    public void WatermarkOf_FillingOrUnknownStream_IsNull()
    {
        var reading = AdapterReading.Of(new AdapterStatus(Start, [new AdapterStream("shop", null, null)]), Start, Start);

        reading.WatermarkOf("shop").ShouldBeNull();
        reading.WatermarkOf("cart").ShouldBeNull();
        reading.LagOf("cart").ShouldBeNull();
    }
}
