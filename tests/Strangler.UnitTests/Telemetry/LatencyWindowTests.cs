using Shouldly;
using Strangler.Proxy.Telemetry;
using Xunit;

namespace Strangler.UnitTests.Telemetry;

public sealed class LatencyWindowTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void Quantile_NothingRecorded_IsUnknown() => new LatencyWindow(_time).Quantile(0.95).ShouldBeNull();

    [Theory]
    [InlineData(0.0001)]
    [InlineData(0.004)]
    [InlineData(0.9)]
    [InlineData(1)]
    [InlineData(17.3)]
    [InlineData(1000)]
    [InlineData(30_000)]
    public void Quantile_OneDuration_IsAtMostAQuarterTooHigh(double milliseconds)
    {
        var window = new LatencyWindow(_time);
        window.Record(TimeSpan.FromMilliseconds(milliseconds));

        var found = window.Quantile(0.95)!.Value.TotalMilliseconds;

        found.ShouldBeGreaterThanOrEqualTo(milliseconds);
        found.ShouldBeLessThanOrEqualTo(Math.Max((milliseconds + 0.001) * 1.25, 0.005));
    }

    [Fact]
    public void Quantile_NinetyFiveFastAndFiveSlow_IsTheLastFastOne()
    {
        var window = new LatencyWindow(_time);
        for (var i = 0; i < 95; i++) window.Record(TimeSpan.FromMilliseconds(1));
        for (var i = 0; i < 5; i++) window.Record(TimeSpan.FromSeconds(1));

        window.Quantile(0.95)!.Value.ShouldBeLessThan(TimeSpan.FromMilliseconds(2));
        window.Quantile(0.96)!.Value.ShouldBeGreaterThan(TimeSpan.FromMilliseconds(999));
    }

    [Fact]
    public void Quantile_AsTimeGoesBy_ForgetsWhatIsOlderThanTheWindow()
    {
        var window = new LatencyWindow(_time);
        window.Record(TimeSpan.FromSeconds(1));
        _time.Advance(TimeSpan.FromSeconds(LatencyWindow.Seconds - 1));
        window.Record(TimeSpan.FromMilliseconds(1));
        window.Quantile(1)!.Value.ShouldBeGreaterThan(TimeSpan.FromMilliseconds(999));

        _time.Advance(TimeSpan.FromSeconds(1));
        window.Quantile(1)!.Value.ShouldBeLessThan(TimeSpan.FromMilliseconds(2));

        _time.Advance(TimeSpan.FromSeconds(LatencyWindow.Seconds));
        window.Quantile(1).ShouldBeNull();
    }

    [Fact]
    public void Record_SlotOfAnOlderSecond_StartsAnew()
    {
        var window = new LatencyWindow(_time);
        window.Record(TimeSpan.FromSeconds(1));
        _time.Advance(TimeSpan.FromSeconds(LatencyWindow.Seconds));
        window.Record(TimeSpan.FromMilliseconds(1));

        window.Quantile(1)!.Value.ShouldBeLessThan(TimeSpan.FromMilliseconds(2));
    }

    [Fact]
    public void Record_DurationsBeyondBothEnds_AreCounted()
    {
        var window = new LatencyWindow(_time);
        window.Record(TimeSpan.Zero);
        window.Record(TimeSpan.FromHours(5));

        window.Quantile(0.5)!.Value.ShouldBeLessThan(TimeSpan.FromMilliseconds(1));
        window.Quantile(1)!.Value.ShouldBeGreaterThan(TimeSpan.FromMinutes(1));
    }
}
