using Shouldly;

namespace Strangler.IntegrationTests.Sync.Chaos;

/// <summary>kill -9 at random moments under load. The variable STRANGLER_SEED repeats a run.</summary>
public sealed class ChaosTests(ChaosClusters clusters, ITestOutputHelper output) : IClassFixture<ChaosClusters>
{
    private const int Kills = 20;

    [Fact]
    public async Task Kill9_ManyTimesUnderLoad_NothingLostNothingDoubled()
    {
        await using var lab = await clusters.LabAsync();
        var run = new ChaosRun(lab, ChaosSeed.Read(output));

        var violations = await run.RunAsync(Kills);

        output.WriteLine($"{Kills} kills, {run.Transactions} transactions, {violations.Count} violations");
        violations.ShouldBeEmpty();
        run.ExitCode.ShouldBe(0);
        run.Output.ShouldNotContain("may have been missed");
    }
}
