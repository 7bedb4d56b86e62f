using Shouldly;
using Strangler.Proxy.Resilience;
using Xunit;

namespace Strangler.UnitTests.Resilience;

public sealed class LegacyCapacityTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void TryTake_NoCapacityDeclared_IsNeverRefused()
    {
        var capacity = new LegacyCapacity(_time);

        for (var i = 0; i < 10_000; i++) capacity.TryTake(null).ShouldBeTrue();
    }

    [Fact]
    public void TryTake_LegacysOwnTrafficFillsIt_IsRefusedAndTheTrafficIsNot()
    {
        var capacity = new LegacyCapacity(_time);
        for (var i = 0; i < 9; i++) capacity.Count(10);

        capacity.TryTake(10).ShouldBeTrue();
        capacity.TryTake(10).ShouldBeFalse();
        for (var i = 0; i < 5; i++) capacity.Count(10);

        capacity.LastSecond.ShouldBe(15);
    }

    [Fact]
    public void TryTake_ASecondLater_HasRoomAgain()
    {
        var capacity = new LegacyCapacity(_time);
        for (var i = 0; i < 10; i++) capacity.TryTake(10).ShouldBeTrue();

        _time.Advance(TimeSpan.FromMilliseconds(1000));
        capacity.TryTake(10).ShouldBeFalse();
        _time.Advance(TimeSpan.FromMilliseconds(100));

        capacity.TryTake(10).ShouldBeTrue();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100)]
    public void TryTake_AtAnyTimes_NeverLetsMoreInThanTheCapacityInAnySecond(int limit)
    {
        var random = new Random(7);
        var capacity = new LegacyCapacity(_time);
        var taken = new Queue<TimeSpan>();
        var now = TimeSpan.Zero;
        var all = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var step = TimeSpan.FromMilliseconds(random.Next(8));
            _time.Advance(step);
            now += step;
            if (!capacity.TryTake(limit)) continue;
            all++;
            taken.Enqueue(now);
            while (taken.Peek() <= now - TimeSpan.FromSeconds(1)) taken.Dequeue();
            taken.Count.ShouldBeLessThanOrEqualTo(limit);
        }

        // Not far below it either: at least nine tenths of what could have gone in.
        ((double)all).ShouldBeGreaterThan(0.85 * limit * now.TotalSeconds);
    }

    [Fact]
    public void TryTake_FromManyThreads_LetsInAsManyAsThereIsRoomFor()
    {
        var capacity = new LegacyCapacity(_time);
        var taken = 0;

        Parallel.For(0, 2000, _ =>
        {
            if (capacity.TryTake(500)) Interlocked.Increment(ref taken);
        });

        taken.ShouldBeInRange(450, 500);
        capacity.LastSecond.ShouldBe(taken);
    }
}
