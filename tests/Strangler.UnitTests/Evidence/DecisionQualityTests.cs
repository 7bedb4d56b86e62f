using System.Diagnostics.CodeAnalysis;
using Shouldly;
using Xunit;

namespace Strangler.UnitTests.Evidence;

/// <summary>
/// The measured error rates of Diffy's rule and of ours, row by row. The table's own numbers come from 400 runs. A share of ours may be off by four
/// standard errors of the two samples together (and half a point that the table is rounded by), at most 12 points: the twenty-seven shares of a correct simulation
/// stay inside with 99.8 % for a new table and a new seed. The table stays, and its largest distance from 10,000 runs is 5 points, so no seed comes near the edge. A
/// wrong threshold of either rule, pairs counted as margins or a look at the 50th request move some share across it.
/// </summary>
[SuppressMessage("Security", "CA5394", Justification = "Seeded on purpose.")]
public sealed class DecisionQualityTests
{
    private const int Seed = 20261121;
    private const double RunsOfTheTable = 400;
    private const double Rounding = 0.005;

    /// <summary>q, r, Diffy shows at the end, Diffy shows at any look, the e-value alarms at any look, the median requests until it does.</summary>
    public static TheoryData<double, double, double, double, double, int?> Table => new()
    {
        { 0.0005, 0, 0.12, 0.63, 0, null },
        { 0.002, 0, 0.10, 0.71, 0.013, null },
        { 0.01, 0, 0, 0.62, 0, null },
        { 0.05, 0, 0, 0.34, 0.005, null },
        { 0, 0.005, 1, 1, 1, 1750 },
        { 0.01, 0.01, 0.98, 1, 0.99, 3000 },
        { 0.05, 0.02, 0.06, 0.79, 0.99, 3550 },
        { 0.3, 0.1, 0, 0.26, 1, 1100 },
        { 0.7, 0.9, 0, 0.14, 1, 100 },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Simulation_OneRow_IsTheTables(double q, double r, double atEnd, double atAnyLook, double alarms, int? median) =>
        Compare(Seed, 1_000, q, r, atEnd, atAnyLook, alarms, median);

    [Theory(Explicit = true)]
    [MemberData(nameof(Table))]
    public void Simulation_OneRowTenTimesAsOften_IsTheTables(double q, double r, double atEnd, double atAnyLook, double alarms, int? median) =>
        Compare(Environment.TickCount, 10_000, q, r, atEnd, atAnyLook, alarms, median);

    private static void Compare(int seed, int runs, double q, double r, double atEnd, double atAnyLook, double alarms, int? median)
    {
        var random = new Random(seed);
        var fields = Enumerable.Range(0, runs).Select(_ => SimulatedField.Run(random, q, r)).ToList();
        var alarmed = fields.Select(f => f.AlarmAt ?? int.MaxValue).Order().ToList();
        var seen = (End: Share(f => f.DiffyAtEnd), Ever: Share(f => f.DiffyEver), Alarms: Share(f => f.AlarmAt is not null));
        var row = $"seed {seed}, {runs:N0} runs, q {q:0.##%}, r {r:0.##%}: Diffy at the end {seen.End:0.0%} (table {atEnd:0.0%}), at any look {seen.Ever:0.0%} ({atAnyLook:0.0%}); "
            + $"e-value at any look {seen.Alarms:0.0%} ({alarms:0.0%}), median {(alarmed[runs / 2] < int.MaxValue ? $"{alarmed[runs / 2]:N0}" : "none")} ({(median is null ? "none" : $"{median:N0}")})";
        TestContext.Current.TestOutputHelper?.WriteLine(row);

        seen.End.ShouldBe(atEnd, Band(atEnd, runs), row);
        seen.Ever.ShouldBe(atAnyLook, Band(atAnyLook, runs), row);
        seen.Alarms.ShouldBe(alarms, Band(alarms, runs), row);
        if (median is not { } expected) return;
        // The table's median is the quantile of ours that 400 runs can have mistaken for it.
        var off = 4 * 0.5 * Math.Sqrt((1 / RunsOfTheTable) + (1.0 / runs));
        expected.ShouldBeInRange(alarmed[(int)(runs * (0.5 - off))], alarmed[(int)(runs * (0.5 + off))], row);

        double Share(Func<SimulatedField, bool> what) => fields.Count(what) / (double)runs;
    }

    // With one success and one failure more than seen (Laplace), as a share of 0 of 400 has an error too.
    private static double Band(double share, int runs)
    {
        var smoothed = ((share * RunsOfTheTable) + 1) / (RunsOfTheTable + 2);
        return Rounding + (4 * Math.Sqrt(smoothed * (1 - smoothed) * ((1 / RunsOfTheTable) + (1.0 / runs))));
    }
}
