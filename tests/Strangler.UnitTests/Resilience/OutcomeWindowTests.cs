using Shouldly;
using Strangler.Core.Resilience;
using Xunit;

namespace Strangler.UnitTests.Resilience;

public sealed class OutcomeWindowTests
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(10);

    // Against a plain list of everything that was ever recorded.
    [Fact]
    public void Read_AnySequence_CountsTheSlotsOfTheWindow()
    {
        var random = new Random(20261122);
        for (var run = 0; run < 50; run++)
        {
            var (window, all, now) = (new OutcomeWindow(Length), new List<(long Slot, bool Failed)>(), TimeSpan.Zero);
            for (var i = 0; i < 300; i++)
            {
                now += TimeSpan.FromSeconds(random.NextDouble() * random.NextDouble() * 6);
                var failed = random.Next(3) == 0;
                window.Record(failed, now);
                all.Add((now.Ticks / TimeSpan.TicksPerSecond, failed));

                var oldest = (now.Ticks / TimeSpan.TicksPerSecond) - 9;
                var expected = all.Where(one => one.Slot >= oldest).ToList();
                window.Read(now).ShouldBe(new OutcomeCounts(expected.Count(one => one.Failed), expected.Count));
            }
        }
    }

    [Fact]
    public void Read_Since_LeavesOutThatSlotAndAllBefore()
    {
        var window = new OutcomeWindow(Length);
        for (var second = 0; second < 10; second++) window.Record(failed: true, TimeSpan.FromSeconds(second + 0.5));

        window.Read(TimeSpan.FromSeconds(9.5), since: TimeSpan.FromSeconds(5.2)).ShouldBe(new OutcomeCounts(4, 4));
    }

    [Fact]
    public void Record_ByManyThreads_LosesNothing()
    {
        var window = new OutcomeWindow(Length);
        const int each = 20_000;

        Parallel.For(0, 8, thread =>
        {
            for (var i = 0; i < each; i++) window.Record(thread % 2 == 0, TimeSpan.FromTicks(i * Length.Ticks / 2 / each));
        });

        window.Read(Length / 2).ShouldBe(new OutcomeCounts(4 * each, 8 * each));
    }
}
