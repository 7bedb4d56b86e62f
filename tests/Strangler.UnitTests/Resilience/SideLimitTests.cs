using Shouldly;
using Strangler.Core.Model;
using Strangler.Core.Resilience;
using Strangler.Proxy.Resilience.Limits;
using Xunit;

namespace Strangler.UnitTests.Resilience;

public sealed class SideLimitTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void TryEnter_LimitFills_ShedsTheLowestPriorityFirst()
    {
        var limit = new SideLimit(_time, new ConcurrencyRules(10, 10));
        var (low, normal, high) = (limit.ShareOf("low"), limit.ShareOf("normal"), limit.ShareOf("high"));
        for (var i = 0; i < 6; i++) limit.TryEnter(low, Priority.Low, 1).ShouldBeTrue();

        limit.TryEnter(low, Priority.Low, 1).ShouldBeFalse();
        for (var i = 0; i < 3; i++) limit.TryEnter(normal, Priority.Normal, 1).ShouldBeTrue();
        limit.TryEnter(normal, Priority.Normal, 1).ShouldBeFalse();
        limit.TryEnter(high, Priority.High, 1).ShouldBeTrue();
        limit.TryEnter(high, Priority.High, 1).ShouldBeFalse();
        (limit.Held, low.Held, normal.Held, high.Held).ShouldBe((10, 6, 3, 1));

        limit.Leave(low);
        limit.TryEnter(low, Priority.Low, 1).ShouldBeFalse();
        limit.TryEnter(high, Priority.High, 1).ShouldBeTrue();
    }

    [Fact]
    public void TryEnter_BulkheadFull_LeavesRoomForOthers()
    {
        var limit = new SideLimit(_time, new ConcurrencyRules(10, 10));
        var (slow, other) = (limit.ShareOf("slow"), limit.ShareOf("other"));
        for (var i = 0; i < 5; i++) limit.TryEnter(slow, Priority.Normal, 0.5).ShouldBeTrue();

        limit.TryEnter(slow, Priority.Normal, 0.5).ShouldBeFalse();
        limit.TryEnter(other, Priority.Normal, 0.5).ShouldBeTrue();
        (limit.Held, slow.Held).ShouldBe((6, 5));
    }

    [Fact]
    public void Learn_LatencyRises_LowersTheLimitOnceAWindow()
    {
        var limit = new SideLimit(_time, new ConcurrencyRules(10, 1000));
        var share = limit.ShareOf("catalog");
        for (var window = 0; window < 20; window++) Fill(limit, share, TimeSpan.FromMilliseconds(20), AttemptOutcome.Answered);
        var before = limit.Limit;
        before.ShouldBeGreaterThan(AdaptiveLimit.Initial);

        Fill(limit, share, TimeSpan.FromMilliseconds(200), AttemptOutcome.Answered);

        limit.Limit.ShouldBeLessThan(before);
    }

    [Fact]
    public void Learn_OneCapabilityOfManyIsSlow_KeepsTheLimit()
    {
        var limit = new SideLimit(_time, new ConcurrencyRules(10, 100));
        var (slow, other) = (limit.ShareOf("slow"), limit.ShareOf("other"));
        for (var window = 0; window < 30; window++)
        {
            for (var i = 0; i < 60; i++) limit.TryEnter(other, Priority.High, 1);
            for (var i = 0; i < 60; i++)
            {
                limit.Leave(other);
                limit.Learn(other, AttemptOutcome.Answered, TimeSpan.FromMilliseconds(10).Ticks, _time.GetTimestamp());
                if (i < 20) limit.Learn(slow, AttemptOutcome.Answered, TimeSpan.FromMilliseconds(window < 15 ? 10 : 5000).Ticks, _time.GetTimestamp());
            }

            _time.Advance(SideLimit.Window);
            limit.Learn(other, AttemptOutcome.Aborted, null, _time.GetTimestamp());
        }

        limit.Limit.ShouldBe(100);
    }

    [Theory]
    [InlineData(AttemptOutcome.Busy)]
    [InlineData(AttemptOutcome.Unavailable)]
    [InlineData(AttemptOutcome.NoAnswer)]
    public void Learn_SideSaysItIsTooMuch_LowersTheLimit(AttemptOutcome outcome)
    {
        var limit = new SideLimit(_time, new ConcurrencyRules(10, 1000));

        Fill(limit, limit.ShareOf("catalog"), TimeSpan.FromMilliseconds(1), outcome);

        limit.Limit.ShouldBe(180);
    }

    [Theory]
    [InlineData(AttemptOutcome.Aborted)]
    [InlineData(AttemptOutcome.NotSent)]
    [InlineData(AttemptOutcome.Error)]
    [InlineData(AttemptOutcome.BrokenOff)]
    public void Learn_SaysNothingOfLoad_KeepsTheLimit(AttemptOutcome outcome)
    {
        var limit = new SideLimit(_time, new ConcurrencyRules(10, 1000));

        for (var window = 0; window < 5; window++) Fill(limit, limit.ShareOf("catalog"), TimeSpan.FromMilliseconds(1), outcome);

        limit.Limit.ShouldBe(AdaptiveLimit.Initial);
    }

    [Fact]
    public void Learn_LatencyThatSaysNothing_IsNotTaken()
    {
        var limit = new SideLimit(_time, new ConcurrencyRules(10, 1000));
        var share = limit.ShareOf("catalog");

        limit.Learn(share, AttemptOutcome.Answered, null, _time.GetTimestamp());

        share.Samples.ShouldBe(0);
    }

    [Fact]
    public void Allow_LessThanBefore_HoldsAtOnce()
    {
        var limit = new SideLimit(_time, new ConcurrencyRules(10, 1000));

        limit.Allow(new ConcurrencyRules(10, 7));

        limit.Limit.ShouldBe(7);
    }

    [Fact]
    public void TryEnter_AndLeave_AllocateNothing()
    {
        var limit = new SideLimit(_time, new ConcurrencyRules(10, 1000));
        limit.ShareOf("catalog");

        Allocations.PerCall(() =>
        {
            var share = limit.ShareOf("catalog");
            limit.TryEnter(share, Priority.Normal, 0.5);
            limit.Leave(share);
            limit.Learn(share, AttemptOutcome.Answered, 10_000, _time.GetTimestamp());
            _time.Advance(TimeSpan.FromMilliseconds(10));
        }).ShouldBe(0);
    }

    [Fact]
    public async Task TryEnter_ManyThreads_NeverHoldsMoreThanTheLimitAndEndsAtNone()
    {
        var limit = new SideLimit(_time, new ConcurrencyRules(10, 20));
        var inside = 0;
        var most = 0;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Run(() =>
        {
            var share = limit.ShareOf($"c{thread % 3}");
            for (var i = 0; i < 20_000; i++)
            {
                if (!limit.TryEnter(share, Priority.High, 0.5)) continue;
                var now = Interlocked.Increment(ref inside);
                if (now > Volatile.Read(ref most)) Volatile.Write(ref most, now);
                Interlocked.Decrement(ref inside);
                limit.Leave(share);
            }
        })));

        most.ShouldBeLessThanOrEqualTo(20);
        limit.Held.ShouldBe(0);
        Enumerable.Range(0, 3).Sum(i => limit.ShareOf($"c{i}").Held).ShouldBe(0);
    }

    private void Fill(SideLimit limit, LimitShare share, TimeSpan latency, AttemptOutcome outcome)
    {
        var entered = 0;
        while (limit.TryEnter(share, Priority.High, 1)) entered++;
        for (var i = 0; i < entered; i++) limit.Leave(share);
        for (var i = 0; i < 50; i++) limit.Learn(share, outcome, latency.Ticks, _time.GetTimestamp());
        _time.Advance(SideLimit.Window);
        limit.Learn(share, AttemptOutcome.Aborted, null, _time.GetTimestamp());
    }
}
