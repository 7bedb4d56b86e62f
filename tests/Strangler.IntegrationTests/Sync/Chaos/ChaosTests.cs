using System.Globalization;
using Shouldly;
using Strangler.ChaosAdapter;

namespace Strangler.IntegrationTests.Sync.Chaos;

/// <summary>kill -9 at random moments under load. The variable STRANGLER_SEED repeats a run.</summary>
public sealed class ChaosTests(ChaosClusters clusters, ITestOutputHelper output) : IClassFixture<ChaosClusters>
{
    private const int Kills = 20;
    private const int DefaultSeed = 20261120;

    [Fact]
    public async Task Kill9_ManyTimesUnderLoad_NothingLostNothingDoubled()
    {
        await using var lab = await clusters.LabAsync();
        var run = new ChaosRun(lab, Seed());

        var violations = await run.RunAsync(Kills);

        output.WriteLine($"{Kills} kills, {run.Transactions} transactions, {violations.Count} violations");
        violations.ShouldBeEmpty();
        run.ExitCode.ShouldBe(0);
        run.Output.ShouldNotContain("may have been missed");
    }

    [Fact]
    public async Task Kill9_EarlyAcknowledgementWithoutStartRule_LossIsSeen()
    {
        await using var lab = await clusters.LabAsync();
        var run = new ChaosRun(lab, Seed(), Mutation.EarlyAcknowledgementWithoutStartRule);

        var violations = await run.RunAsync(kills: 4);

        output.WriteLine($"{run.Transactions} transactions, {violations.Count} violations, such as: {string.Join("; ", violations.Take(3))}");
        violations.ShouldContain(violation => violation.StartsWith("lost token", StringComparison.Ordinal));
        violations.ShouldContain(violation => violation.StartsWith("missing in", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Kill9_EarlyAcknowledgement_StartRuleFindsTheGap()
    {
        await using var lab = await clusters.LabAsync();
        var run = new ChaosRun(lab, Seed(), Mutation.EarlyAcknowledgement);

        await run.RunAsync(kills: 2);

        run.Output.ShouldContain("may have been missed");
    }

    private int Seed()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("STRANGLER_SEED"), NumberStyles.None, CultureInfo.InvariantCulture, out var given)
            ? given
            : DefaultSeed;
        output.WriteLine($"STRANGLER_SEED={seed}");
        return seed;
    }
}
