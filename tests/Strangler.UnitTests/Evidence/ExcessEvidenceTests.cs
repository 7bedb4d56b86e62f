using System.Diagnostics.CodeAnalysis;
using Shouldly;
using Strangler.Core.Evidence;
using Xunit;

namespace Strangler.UnitTests.Evidence;

[SuppressMessage("Security", "CA5394", Justification = "Seeded on purpose.")]
public sealed class ExcessEvidenceTests
{
    private const int Seed = 20261121;

    [Theory]
    [InlineData(0, 0)]
    [InlineData(9, 0)]
    [InlineData(3, 40)]
    [InlineData(5_000, 4_000)]
    public void Log_BoundOfOneHalf_IsThePairedBet(long happened, long not) =>
        ExcessEvidence.Log(happened, not, 0.5).ShouldBe(PairedEvidence.Log(happened, not), 1e-9 * Math.Max(1, Math.Abs(PairedEvidence.Log(happened, not))));

    // At the bound itself, looked at after every request.
    [Fact]
    public void Log_NothingInExcess_AlarmsInAtMostAlpha()
    {
        const int sequences = 3_000;
        const double bound = 0.02;
        var (random, alarms) = (new Random(Seed), 0);
        for (var i = 0; i < sequences; i++)
        {
            var happened = 0;
            for (var n = 1; n <= 1_000; n++)
            {
                if (random.NextDouble() >= bound) continue;
                happened++;
                if (ExcessEvidence.Log(happened, n - happened, bound) < Math.Log(100)) continue;
                alarms++;
                break;
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"seed {Seed}: {alarms} of {sequences}");
        alarms.ShouldBeInRange(1, sequences / 100);
    }

    [Fact]
    public void Log_TwiceTheBound_AlarmsSoon() => ExcessEvidence.Log(160, 3_840, 0.02).ShouldBeGreaterThan(Math.Log(100));
}
