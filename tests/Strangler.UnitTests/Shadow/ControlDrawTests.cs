using Shouldly;
using Strangler.Proxy.Shadow;
using Xunit;

namespace Strangler.UnitTests.Shadow;

public sealed class ControlDrawTests
{
    [Fact]
    public void Next_Half_DrawsHalfInBothOrdersAlike()
    {
        var draw = new ControlDraw(new Random(20261121));

        var turns = Enumerable.Range(0, 10_000).Select(_ => draw.Next(0.5)).CountBy(turn => turn).ToDictionary();

        turns[ControlTurn.None].ShouldBeInRange(4800, 5200);
        turns[ControlTurn.LegacyFirst].ShouldBeInRange(2300, 2700);
        turns[ControlTurn.NewFirst].ShouldBeInRange(2300, 2700);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void Next_NothingOrAll_DrawsNoneOrAlways(double share, bool none)
    {
        var draw = new ControlDraw(new Random(20261121));

        Enumerable.Range(0, 100).Select(_ => draw.Next(share)).ShouldAllBe(turn => turn == ControlTurn.None == none);
    }
}
