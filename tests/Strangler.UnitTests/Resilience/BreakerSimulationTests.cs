using Shouldly;
using Strangler.Core.Model;
using Strangler.Core.Resilience;
using Xunit;

namespace Strangler.UnitTests.Resilience;

/// <summary>Shops that run for some minutes, with seeds: what must hold however the requests fall.</summary>
public sealed class BreakerSimulationTests
{
    private const int Seeds = 40;

    // Whoever was let in stays in until the breaker opens again, and who is let in is decided by the bucket alone.
    [Fact]
    public void Recovery_AnyShop_NoUnitChangesTheSideTwice()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var (random, bench) = (new Random(seed), new Bench());
            var perSecond = 1 + (random.NextDouble() * 50);
            var healsAt = bench.Now.TotalSeconds + (random.NextDouble() * 40);
            var (seenIn, openings) = (new HashSet<int>(), 0L);
            var last = 0.0;
            while (bench.Now.TotalSeconds < 400)
            {
                bench.Advance(-Math.Log(1 - random.NextDouble()) / perSecond);
                var admitted = bench.New.Admitted(bench.Now);
                var opened = bench.Changes.Count(change => change is { Side: Side.New, State: BreakerState.Open });
                if (opened != openings) (openings, last) = (opened, 0);
                if (opened == openings && admitted > 0) admitted.ShouldBeGreaterThanOrEqualTo(last, $"seed {seed}: units were sent back without a reason");
                if (admitted > 0) last = admitted;
                var unit = random.Next(1000);
                if (unit / 1000.0 >= admitted) continue;
                seenIn.Add(unit);
                bench.Attempt(bench.Now.TotalSeconds < healsAt || random.Next(200) == 0 ? AttemptOutcome.Error : AttemptOutcome.Answered);
            }

            bench.New.IsClosed.ShouldBeTrue($"seed {seed}: healed at {healsAt:0} s, {perSecond:0.0} requests/s, and it is {bench.Reading}");
        }
    }

    [Theory]
    [InlineData(20, 20, 1.0)]
    [InlineData(20, 20, 0.7)]
    [InlineData(3, 30, 0.9)]
    [InlineData(30, 3, 0.9)]
    [InlineData(3, 3, 0.6)]
    public void SharedDependencyFails_OnBothSides_OpensNeither(double newPerSecond, double legacyPerSecond, double failing)
    {
        var opened = 0;
        for (var seed = 0; seed < Seeds; seed++)
        {
            var (random, bench) = (new Random(seed), new Bench());
            var total = newPerSecond + legacyPerSecond;
            while (bench.Now.TotalSeconds < 220)
            {
                bench.Advance(-Math.Log(1 - random.NextDouble()) / total);
                var isDown = bench.Now.TotalSeconds is > 140 and < 200;
                var side = random.NextDouble() * total < newPerSecond ? Side.New : Side.Legacy;
                bench.Attempt(random.NextDouble() < (isDown ? failing : 0.005) ? AttemptOutcome.Error : AttemptOutcome.Answered, side: side);
            }

            if (bench.Changes.Count > 0) opened++;
        }

        // Chance may do it once in so many minutes of an outage; a rule without the other side would do it in every one of them.
        opened.ShouldBeLessThanOrEqualTo(Seeds / 10);
    }

    [Theory]
    [InlineData(2.5)]
    [InlineData(5)]
    [InlineData(50)]
    public void NewSideFailsAlone_LowTrafficToo_Opens(double perSecond)
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var (random, bench) = (new Random(seed), new Bench());
            while (bench.Now.TotalSeconds < 160 && bench.New.IsClosed)
            {
                bench.Advance(-Math.Log(1 - random.NextDouble()) / perSecond / 2);
                bench.Attempt(random.Next(100) == 0 ? AttemptOutcome.Error : AttemptOutcome.Answered, side: Side.Legacy);
                bench.Attempt(random.NextDouble() < 0.95 ? AttemptOutcome.NoAnswer : AttemptOutcome.Answered);
            }

            bench.New.IsClosed.ShouldBeFalse($"seed {seed}");
            bench.Pair.Legacy.IsClosed.ShouldBeTrue();
        }
    }

    [Fact]
    public void HealthyShop_ForAnHour_NeverOpens()
    {
        for (var seed = 0; seed < 5; seed++)
        {
            var (random, bench) = (new Random(seed), new Bench());
            while (bench.Now.TotalSeconds < 3700)
            {
                bench.Advance(-Math.Log(1 - random.NextDouble()) / 20);
                var side = random.Next(2) == 0 ? Side.New : Side.Legacy;
                bench.Attempt(random.NextDouble() < 0.05 ? AttemptOutcome.Error : AttemptOutcome.Answered, side: side);
            }

            bench.Changes.ShouldBeEmpty();
        }
    }
}
