using Shouldly;
using Strangler.Core.Model;
using Strangler.Core.Resilience;
using Xunit;

namespace Strangler.UnitTests.Resilience;

public sealed class AdaptiveLimitTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Update_SteadyLatency_RefusesNothing(int seed)
    {
        var backend = new SimulatedBackend(seed);

        backend.Run(120, perSecond: 1500);

        backend.Refused.ShouldBe(0);
        backend.Admitted.ShouldBeGreaterThan(170_000);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Update_LoadGrowsAndTheBackendHasRoom_Follows(int seed)
    {
        var backend = new SimulatedBackend(seed) { Workers = 400, Service = 0.1 };
        backend.Run(60, perSecond: 500);
        backend.Run(60, perSecond: 2500);
        var (refused, admitted) = (backend.Refused, backend.Admitted);

        backend.Run(60, perSecond: 2500);

        backend.Limit.ShouldBeGreaterThan(300);
        ((double)(backend.Refused - refused) / (backend.Admitted - admitted)).ShouldBeLessThan(0.001);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Update_CapacityFalls_FollowsDownAndRecovers(int seed)
    {
        var backend = new SimulatedBackend(seed);
        backend.Run(60, perSecond: 1500);
        backend.Limit.ShouldBeGreaterThanOrEqualTo(AdaptiveLimit.Initial);

        // A quarter of the workers is left: 500 requests a second.
        backend.Workers = 10;
        backend.Run(30, perSecond: 1500);
        var low = backend.Limit;
        backend.LongestQueue = 0;
        var admitted = backend.Admitted;
        backend.Run(60, perSecond: 1500);

        low.ShouldBeLessThan(40);
        backend.LongestQueue.ShouldBeLessThan(40, "what is admitted must not wait behind a hundred others");
        (backend.Admitted - admitted).ShouldBeGreaterThan(60 * 470, "the workers that are left must stay busy");

        backend.Workers = 40;
        backend.Run(20, perSecond: 1500);
        var refused = backend.Refused;
        backend.Run(60, perSecond: 1500);

        backend.Limit.ShouldBeGreaterThan(50);
        (backend.Refused - refused).ShouldBeLessThan(100);
    }

    [Fact]
    public void Update_WhateverIsSeen_StaysBetweenLeastAndMost()
    {
        var random = new Random(6);
        var limit = new AdaptiveLimit(new ConcurrencyRules(10, 300));
        for (var i = 0; i < 10_000; i++)
        {
            limit.Update(new LimitWindow(0.5 + (random.NextDouble() / 2), random.Next(600), random.Next(2) == 0, random.NextDouble() * random.Next(2)));
            limit.Limit.ShouldBeInRange(10, 300);
        }

        for (var i = 0; i < 100; i++) limit.Update(new LimitWindow(0.5, 1000, true, 1));
        limit.Limit.ShouldBe(10);
        for (var i = 0; i < 200; i++) limit.Update(new LimitWindow(1, 1000, true, 0));
        limit.Limit.ShouldBe(300);
    }

    [Fact]
    public void Update_HardlyUsed_StaysWhereItIs()
    {
        var limit = new AdaptiveLimit(new ConcurrencyRules(10, 1000));

        for (var i = 0; i < 100; i++) limit.Update(new LimitWindow(i % 2 == 0 ? 1 : 0.5, Peak: 3, HasRefused: false, Overloaded: 0));

        limit.Limit.ShouldBe(AdaptiveLimit.Initial);
    }

    [Fact]
    public void Update_SideSaysItIsTooMuch_BacksOff()
    {
        var limit = new AdaptiveLimit(new ConcurrencyRules(10, 1000));

        limit.Update(new LimitWindow(1, Peak: 100, HasRefused: true, Overloaded: 0.2));

        limit.Limit.ShouldBe(180);
    }

    [Fact]
    public void Max_BelowTheLeast_IsTheLimit()
    {
        var limit = new AdaptiveLimit(new ConcurrencyRules(10, 2));
        limit.Limit.ShouldBe(2);
        limit.Update(new LimitWindow(0.5, 100, true, 1));
        limit.Limit.ShouldBe(2);

        limit.Bounds = new ConcurrencyRules(10, 50);
        limit.Update(new LimitWindow(1, 100, true, 0));
        limit.Limit.ShouldBeInRange(10, 50);
    }

    [Fact]
    public void Take_UsualLatency_IsOneAndSlowerIsLess()
    {
        var trend = new LatencyTrend();
        for (var i = 0; i < 100; i++) trend.Take(10).ShouldBe(1);

        trend.Take(10.5).ShouldBe(1);
        trend.Take(11).ShouldBe(0.75, 0.01);
        trend.Take(14).ShouldBe(0.5);
    }

    [Fact]
    public void Of_OneSlowCapabilityAmongMany_DoesNotMoveTheMedian()
    {
        WeightedMedian.Of([(0.5, 100), (1, 900), (0.9, 0)]).ShouldBe(1);
        WeightedMedian.Of([(0.5, 600), (1, 400)]).ShouldBe(0.5);
        WeightedMedian.Of([]).ShouldBe(1);
    }
}
