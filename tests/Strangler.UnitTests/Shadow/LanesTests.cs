using Shouldly;
using Strangler.Proxy.Shadow;
using Xunit;

namespace Strangler.UnitTests.Shadow;

public sealed class LanesTests
{
    [Fact]
    public void TryWrite_OneLane_GetsHalfAndAllTogetherTheLimit()
    {
        var lanes = new Lanes<int>(10);

        Enumerable.Range(0, 20).Count(i => lanes.TryWrite("a", i)).ShouldBe(5);
        Enumerable.Range(0, 4).Count(i => lanes.TryWrite("b", i)).ShouldBe(4);
        Enumerable.Range(0, 4).Count(i => lanes.TryWrite("c", i)).ShouldBe(1);
        lanes.Count.ShouldBe(10);
    }

    [Fact]
    public async Task RunAsync_OneLaneStands_TheOthersGoOnInTheirOrder()
    {
        var lanes = new Lanes<string>(100);
        var done = System.Threading.Channels.Channel.CreateUnbounded<string>();
        using var stop = new CancellationTokenSource();
        var run = lanes.RunAsync(1, async (item, cancel) =>
        {
            if (item.StartsWith('a')) await Task.Delay(Timeout.Infinite, cancel);
            done.Writer.TryWrite(item);
        }, stop.Token);

        for (var i = 0; i < 20; i++)
        {
            lanes.TryWrite("a", $"a{i}").ShouldBeTrue();
            lanes.TryWrite("b", $"b{i}").ShouldBeTrue();
        }

        for (var i = 0; i < 20; i++) (await done.Reader.ReadAsync(TestContext.Current.CancellationToken)).ShouldBe($"b{i}");
        lanes.Count.ShouldBe(19);
        await stop.CancelAsync();
        await run;
    }
}
