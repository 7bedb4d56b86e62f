using Shouldly;
using Strangler.Proxy.Adapters;
using Xunit;

namespace Strangler.UnitTests.Adapters;

public sealed class AdapterViewTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private readonly AdapterView _view = new();

    [Fact]
    public void LatestByAdapters_ClocksMeasured_IsTheirTimeAndTheMarginRoundedUp()
    {
        // Asked at 0, answered at 40 ms; their clock is an hour ahead, give or take 20 ms.
        Show(Start.AddHours(1).AddMilliseconds(20));

        _view.LatestByAdapters(Start.AddTicks(1)).ShouldBe(Start.AddHours(1).AddMilliseconds(21).ToUnixTimeMilliseconds());
    }

    [Fact]
    public void LatestByAdapters_AdaptersAwaySince_KeepsTheMeasurement()
    {
        Show(Start.AddHours(1).AddMilliseconds(20));
        _view.Show(null);

        _view.Current.ShouldBeNull();
        _view.LatestByAdapters(Start).ShouldBe(Start.AddHours(1).AddMilliseconds(20).ToUnixTimeMilliseconds());
    }

    [Theory]
    [InlineData("0001-01-01T00:00:00Z", 0)]
    [InlineData("9999-12-31T23:59:59Z", 253402300799020)]
    public void LatestByAdapters_TimesThatNoCalendarHas_IsStillATime(string now, long latest)
    {
        Show(DateTimeOffset.Parse(now));

        _view.LatestByAdapters(Start.AddMilliseconds(20)).ShouldBe(latest);
    }

    private void Show(DateTimeOffset now) => _view.Show(AdapterReading.Of(new AdapterStatus(now, []), Start, Start.AddMilliseconds(40)));
}
