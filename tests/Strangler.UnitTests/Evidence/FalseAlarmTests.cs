using System.Diagnostics.CodeAnalysis;
using Shouldly;
using Strangler.Core.Evidence;
using Xunit;

namespace Strangler.UnitTests.Evidence;

/// <summary>
/// The promise of the e-value: looked at after every request, it ever reaches 1/alpha with at most probability alpha while the new side is
/// just another legacy. Requests in which both or neither differ change nothing, so a fair coin for each of the others is all there is.
/// </summary>
[SuppressMessage("Security", "CA5394", Justification = "Seeded on purpose.")]
public sealed class FalseAlarmTests
{
    private const int Seed = 20261121;

    // By adding up, over all ways that 2,000 coins can fall, those that have met an alarm: no luck is involved. More than half of what is allowed is
    // used: a bet that never wins would keep the promise too.
    [Theory]
    [InlineData(0.05)]
    [InlineData(0.01)]
    [InlineData(0.001)]
    public void Log_EveryWayThatCoinsCanFall_AlarmsInAtMostAlpha(double alpha)
    {
        var enough = Boundary(2_000, alpha);
        var (alive, alarmed) = (new double[enough.Length + 1], 0.0);
        alive[0] = 1;
        for (var coins = 1; coins < enough.Length; coins++)
        {
            for (var b = coins; b >= 0; b--)
            {
                alive[b] = (alive[b] + (b > 0 ? alive[b - 1] : 0)) / 2;
                if (b < enough[coins]) continue;
                alarmed += alive[b];
                alive[b] = 0;
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"alpha {alpha}: {alarmed:0.#####}");
        alarmed.ShouldBeInRange(alpha / 2, alpha);
    }

    [Fact]
    public void Log_TwentyThousandFairSequences_AlarmInAtMostAlpha() => Simulate(Seed, 20_000);

    [Fact(Explicit = true)]
    public void Log_AMillionFairSequences_AlarmInAtMostAlpha() => Simulate(Environment.TickCount, 1_000_000);

    private static void Simulate(int seed, int sequences)
    {
        var (random, enough, alarms) = (new Random(seed), Boundary(1_000, 0.01), 0);
        for (var i = 0; i < sequences; i++)
        {
            if (Alarms(random, enough)) alarms++;
        }

        var share = alarms / (double)sequences;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}: {share:0.###%} of {sequences:N0} null sequences alarmed at some look");
        share.ShouldBeInRange(0.005, 0.01, $"seed {seed}");
    }

    private static bool Alarms(Random random, int[] enough)
    {
        var (b, bits) = (0, 0L);
        for (var coins = 1; coins < enough.Length; coins++)
        {
            bits = coins % 32 == 1 ? random.NextInt64() : bits >> 1;
            b += (int)(bits & 1);
            if (b >= enough[coins]) return true;
        }

        return false;
    }

    // For every number of coins, how many on the new side are an alarm.
    private static int[] Boundary(int coins, double alpha)
    {
        var enough = new int[coins + 1];
        for (var n = 1; n <= coins; n++)
        {
            enough[n] = enough[n - 1];
            while (enough[n] <= n && PairedEvidence.Log(enough[n], n - enough[n]) < -Math.Log(alpha)) enough[n]++;
        }

        return enough;
    }
}
