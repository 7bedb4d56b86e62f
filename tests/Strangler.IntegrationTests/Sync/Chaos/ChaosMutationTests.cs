using Shouldly;
using Strangler.ChaosAdapter;

namespace Strangler.IntegrationTests.Sync.Chaos;

/// <summary>Proof that the chaos check can fail: an engine that acknowledges before it commits must be seen.</summary>
public sealed class ChaosMutationTests(ChaosClusters clusters, ITestOutputHelper output) : IClassFixture<ChaosClusters>
{
    [Fact]
    public async Task Kill9_EarlyAcknowledgementWithoutStartRule_LossIsSeen()
    {
        await using var lab = await clusters.LabAsync();
        var run = new ChaosRun(lab, ChaosSeed.Read(output), Mutation.EarlyAcknowledgementWithoutStartRule);

        var violations = await run.RunAsync(kills: 4);

        output.WriteLine($"{run.Transactions} transactions, {violations.Count} violations, such as: {string.Join("; ", violations.Take(3))}");
        violations.ShouldContain(violation => violation.StartsWith("lost token", StringComparison.Ordinal));
        violations.ShouldContain(violation => violation.StartsWith("missing in", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Kill9_EarlyAcknowledgement_StartRuleFindsTheGap()
    {
        await using var lab = await clusters.LabAsync();
        var run = new ChaosRun(lab, ChaosSeed.Read(output), Mutation.EarlyAcknowledgement);

        await run.RunAsync(kills: 2);

        run.Output.ShouldContain("may have been missed");
    }
}
