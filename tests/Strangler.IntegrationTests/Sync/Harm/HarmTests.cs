using System.Globalization;
using Shouldly;
using Strangler.Core.Adapters;
using Strangler.IntegrationTests.Sync.Modes;

namespace Strangler.IntegrationTests.Sync.Harm;

/// <summary>The monolith with and without the adapters, in turns.</summary>
public sealed class HarmTests(HarshClusters clusters, ITestOutputHelper output) : IClassFixture<HarshClusters>
{
    private const int Rounds = 3;

    // Of the pool, the replication, and the lead.
    private const int MostSessions = 4 + 1 + 1;

    private static readonly TimeSpan Span = TimeSpan.FromSeconds(1.5);

    [Fact]
    public async Task Adapters_FollowAndBackfill_NobodyWaitsForThemAndTheirSessionsAreFew()
    {
        await using var lab = await SyncLab.CreateAsync(clusters.Legacy, clusters.Services);
        await lab.AddProductsAsync(1, 200);
        await lab.SourceAsync(AccountMapping.SourceSchema);
        await lab.TargetAsync(AccountMapping.TargetSchema);
        await lab.SourceAsync("insert into account select n, n, null from generate_series(1, 20000) n");
        await using (var installer = Build(lab))
        {
            (await installer.InstallAsync()).ExitCode.ShouldBe(0);
        }

        var load = new WriteLoad(lab.SourceConnection);
        var watch = new SessionWatch(lab.SourceConnection);
        using var stop = new CancellationTokenSource();
        var watching = watch.RunAsync(stop.Token);
        List<double> without = [], with = [];

        for (var round = 0; round < Rounds; round++)
        {
            without.AddRange(await load.RunAsync(round, Span));
            // Everything is brought over anew, so that they backfill and follow at once.
            await lab.TargetAsync("delete from sync.fill");
            await using var adapters = Build(lab);
            await adapters.StartAsync();
            await Eventually.TrueAsync("at work", () => adapters.Streams.All(stream => stream.State is StreamStates.Filling or StreamStates.Following));
            with.AddRange(await load.RunAsync(round, Span));
        }

        await stop.CancelAsync();
        await watching;
        without.Sort();
        with.Sort();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{without.Count} writes without adapters, {with.Count} with; p50 {At(without, 50):0.00} and {At(with, 50):0.00} ms, ratio {At(with, 50) / At(without, 50):0.00}; "
            + $"p99 {At(without, 99):0.00} and {At(with, 99):0.00} ms, ratio {At(with, 99) / At(without, 99):0.00}; {watch.Looks} looks, at most {watch.MostSessions} sessions, "
            + $"oldest transaction {watch.OldestTransaction:0.000} s"));
        watch.Looks.ShouldBeGreaterThan(50);
        watch.Blocked.ShouldBe(0);
        watch.MostSessions.ShouldBeInRange(3, MostSessions, watch.DoingAtMost);
    }

    private static AdapterHost Build(SyncLab lab) => AdapterHost.Build(lab.Settings, sync => sync
        .AddStream("catalog", "Legacy", "Catalog", SyncLab.Mapping)
        .AddStream("accounts", "Legacy", "Catalog", new AccountMapping()));

    private static double At(List<double> sorted, int percent) => sorted[sorted.Count * percent / 100];
}
