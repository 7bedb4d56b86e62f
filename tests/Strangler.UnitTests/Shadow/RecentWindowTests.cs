using Shouldly;
using Strangler.Proxy.Shadow;
using Xunit;

namespace Strangler.UnitTests.Shadow;

public sealed class RecentWindowTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Read_AsTimePasses_ForgetsSecondBySecond()
    {
        var window = new RecentWindow();
        window.Add(Start, equal: true);
        window.Add(Start.AddSeconds(5), equal: false);

        window.Read(Start.AddSeconds(5)).ShouldBe((1, 1));
        window.Read(Start.AddSeconds(RecentWindow.Seconds - 1)).ShouldBe((1, 1));
        window.Read(Start.AddSeconds(RecentWindow.Seconds)).ShouldBe((0, 1));
        window.Read(Start.AddSeconds(RecentWindow.Seconds + 5)).ShouldBe((0, 0));
    }

    [Fact]
    public void Add_AFullTurnLater_StartsTheSecondAnew()
    {
        var window = new RecentWindow();
        for (var i = 0; i < 3; i++) window.Add(Start, equal: true);
        window.Add(Start.AddSeconds(RecentWindow.Seconds), equal: false);

        window.Read(Start.AddSeconds(RecentWindow.Seconds)).ShouldBe((0, 1));
    }
}
