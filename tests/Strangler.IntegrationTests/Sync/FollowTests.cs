using System.Diagnostics;
using Shouldly;
using Strangler.Core.Adapters;

namespace Strangler.IntegrationTests.Sync;

public sealed class FollowTests(SharedClusters clusters, ITestOutputHelper output) : FollowScenarios
{
    private protected override Task<SyncLab> LabAsync() => SyncLab.CreateAsync(clusters);

    [Fact]
    public async Task Fill_SeededShop_TargetEqualsItsMapping()
    {
        await using var lab = await SyncLab.CreateAsync(clusters, seeded: true);
        var began = Stopwatch.GetTimestamp();
        await using var adapters = await lab.StartAsync();
        await Eventually.TrueAsync("following", () => adapters.Stream.State == StreamStates.Following, () => $"{adapters.Stream}");
        output.WriteLine($"installed, started and filled 5,000 products in {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s");

        (await lab.DifferencesAsync()).ShouldBeEmpty();
        adapters.Stream.Filled.ShouldBe(5000);
        adapters.Stream.ToFill.ShouldBe(5000);
    }
}
