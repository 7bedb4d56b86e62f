using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Npgsql;
using Shouldly;
using Strangler.Core.Audit;
using Strangler.Core.Model;
using Strangler.Demo.Clusters;
using Strangler.IntegrationTests.Sync;
using Strangler.Proxy.Plans;

namespace Strangler.IntegrationTests.ControlStore;

/// <summary>The store dies, or the way to it is cut: the edges go on, say STALE, take a kill, and tell the store when it is back.</summary>
public sealed class StoreAwayTests(StoreAwayTests.OwnCluster own, SharedClusters clusters) : IClassFixture<StoreAwayTests.OwnCluster>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Store_KilledAndBack_NoRequestFailsAndTheKillMeanwhileIsMerged()
    {
        await using var lab = await own.LabAsync("killed");
        StoreEdge[] edges = [await lab.EdgeAsync("a"), await lab.EdgeAsync("b")];
        await CanaryAsync(edges);
        await using var shoppers = new Shoppers(edges, perEdge: 2);

        await own.Cluster.Kill9Async();
        await Eventually.TrueAsync("STALE at both", () => edges.All(e => e.Control.Health.IsStale));
        await SaysStaleAsync(edges[0], "stale");
        var promote = await edges[0].MoveAsync(Verb.Promote, share: 60);
        var kill = await edges[0].KillAsync();
        promote.Outcome.ShouldBe(ChangeOutcome.NotSaved);
        kill["changes"]!.AsArray().Select(c => (string)c!).Last().ShouldStartWith("local override of edge a until the store can be written: the control store at ");
        (edges[0].Catalog.Killed, edges[1].Catalog.Killed).ShouldBe((true, false));
        await Eventually.TrueAsync("some requests meanwhile", () => shoppers.Visits.Any(v => v.Decision.Contains("reason=killed", StringComparison.Ordinal)));

        await own.Cluster.StartAsync(Cancel);
        await Eventually.TrueAsync("the kill at both", () => edges.All(e => e is { Plan: 4, Catalog.Killed: true } && !e.Control.Health.IsStale));
        await shoppers.StopAsync();

        shoppers.Failed.ShouldBe(0);
        edges[0].Control.Health.Overrides.ShouldBeEmpty();
        await SaysStaleAsync(edges[0], null);
        var last = JsonNode.Parse((await edges[1].Control.Store.ReadAuditAsync(Cancel).ToListAsync(Cancel))[^1])!;
        ((string)last["verb"]!, (string)last["reason"]!, (string)last["actor"]!).ShouldBe(("kill", "a fire", "bootstrap"));
        ((string)last["changes"]![0]!).ShouldStartWith("local override of edge a, at 2");
    }

    [Fact]
    public async Task Store_KilledWhileEdgesWrite_EveryAnsweredChangeIsThereAndAuditAndPlansAgree()
    {
        await using var lab = await own.LabAsync("writing");
        StoreEdge[] edges = [await lab.EdgeAsync("a"), await lab.EdgeAsync("b")];
        await CanaryAsync(edges);
        var done = new List<long>();
        using var stop = new CancellationTokenSource();
        var writer = Task.Run(async () =>
        {
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                var result = await edges[0].Control.EditAsync(
                    "include", new ChangeRequest("operator", "write", null, false),
                    s => new Edit(s.With("catalog", s.Of("catalog") with { Share = i % 100 }, s.LastChanges["catalog"]), ["catalog"], ["share"]), Cancel);
                if (result.Outcome == ChangeOutcome.Done) lock (done) done.Add(result.Plan);
            }
        }, Cancel);

        for (var round = 1; round <= 2; round++)
        {
            var before = Written();
            await Eventually.TrueAsync("some writes", () => Written() > before + 5);
            await own.Cluster.Kill9Async();
            await own.Cluster.StartAsync(Cancel);
        }

        var after = Written();
        await Eventually.TrueAsync("writes after it", () => Written() > after + 5);
        await stop.CancelAsync();
        await writer;

        var lines = await edges[0].Control.Store.ReadAuditAsync(Cancel).ToListAsync(Cancel);
        var audited = lines.Select(l => (long)JsonNode.Parse(l)!["plan"]!).ToList();
        var newest = await edges[0].Control.Store.NewestAsync(Cancel);
        audited.ShouldBe(Enumerable.Range(1, (int)newest).Select(n => (long)n));
        done.Except(audited).ShouldBeEmpty();
        lines.Skip(1).Zip(lines).ShouldAllBe(pair => (string)JsonNode.Parse(pair.First)!["previous"]! == AuditChain.Hash(pair.Second));
        await Eventually.TrueAsync("the newest plan at the other edge", () => edges[1].Plan == newest);

        int Written()
        {
            lock (done) return done.Count;
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Edge_CutOff_KeepsItsPlanTakesAKillAndCatchesUp(bool silently)
    {
        await using var lab = await StoreLab.StartAsync(clusters);
        var target = new NpgsqlConnectionStringBuilder(lab.Store);
        await using var relay = Relay.To(target.Port);
        target.Port = relay.Port;
        StoreEdge[] edges = [await lab.EdgeAsync("near"), await lab.EdgeAsync("far", target.ConnectionString)];
        await CanaryAsync(edges);

        if (silently) relay.Swallow();
        else relay.Cut();
        var watch = Stopwatch.StartNew();
        var kill = await edges[1].MoveAsync(Verb.Kill);
        await edges[0].MustAsync(Verb.Rollback, stage: Stage.Shadow);
        await edges[0].MustAsync(Verb.Promote, share: 70);
        await Eventually.TrueAsync("STALE at the far edge", () => edges[1].Control.Health.IsStale);

        kill.Changes[^1].ShouldStartWith("local override of edge far");
        edges[1].Catalog.ShouldBe(new CapabilityState(Stage.ReadCanary, 50, Killed: true));
        (edges[0].Catalog.Killed, edges[0].Plan).ShouldBe((false, 5));

        relay.Mend();
        await Eventually.TrueAsync("one plan at both", () => edges.All(e => e.Plan == 6 && !e.Control.Health.IsStale));
        edges.ShouldAllBe(e => e.Catalog == new CapabilityState(Stage.ReadCanary, 70, true));
        TestContext.Current.SendDiagnosticMessage($"cut off and back in {watch.Elapsed.TotalSeconds:0.0} s");
    }

    [Fact]
    public async Task Start_StoreAway_GoesOnWithTheLastGoodPlanAndItsOverride()
    {
        await using var lab = await own.LabAsync("restart");
        var edge = await lab.EdgeAsync("a");
        await CanaryAsync([edge]);
        await own.Cluster.Kill9Async();
        try
        {
            await edge.MustAsync(Verb.Kill);
            await lab.StopAsync(edge);

            edge = await lab.EdgeAsync("a");

            edge.Control.Health.IsStale.ShouldBeTrue();
            edge.Control.Health.Overrides.ShouldBe(["catalog"]);
            (edge.Plan, edge.Catalog).ShouldBe((3, new CapabilityState(Stage.ReadCanary, 50, Killed: true)));
            (await Should.ThrowAsync<ControlStoreException>(() => lab.EdgeAsync("never-started-before"))).Message
                .ShouldEndWith(". This edge has no last good plan of its own to start with");
        }
        finally
        {
            await own.Cluster.StartAsync(Cancel);
        }

        await Eventually.TrueAsync("the merge", () => edge is { Plan: 4, Catalog.Killed: true } && edge.Control.Health is { IsStale: false, Overrides.Count: 0 });
        await lab.StopAsync(edge);
        (await lab.EdgeAsync("a")).Control.Health.Overrides.ShouldBeEmpty();
    }

    private static async Task CanaryAsync(StoreEdge[] edges)
    {
        await edges[0].MustAsync(Verb.Promote);
        await edges[0].MustAsync(Verb.Promote, share: 50);
        await Eventually.TrueAsync("plan 3 everywhere", () => edges.All(e => e.Plan == 3));
    }

    private static async Task SaysStaleAsync(StoreEdge edge, string? expected)
    {
        using var answer = await edge.Admin.GetAsync(new Uri("/admin/v1/capabilities", UriKind.Relative), Cancel);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (answer.Headers.TryGetValues("Strangler-Store", out var values) ? values.Single() : null).ShouldBe(expected);
        (await edge.Admin.GetStringAsync(new Uri("/metrics", UriKind.Relative), Cancel)).ShouldContain($"strangler_control_store_stale {(expected is null ? 0 : 1)}");
    }

    /// <summary>A cluster that the tests of this class may kill.</summary>
    public sealed class OwnCluster : IAsyncLifetime
    {
        private PrivateCluster? _cluster;

        public PrivateCluster Cluster => _cluster!;

        public async ValueTask InitializeAsync() => _cluster = await PrivateCluster.CreateTemporaryAsync(durable: false);

        public async ValueTask DisposeAsync() => await Cluster.DisposeAsync();

        internal async Task<StoreLab> LabAsync(string database)
        {
            // The test before may have failed while the server was down.
            await Cluster.StartAsync(Cancel);
            await Cluster.CreateRoleAsync(StoreLab.Role);
            await Cluster.CreateDatabaseAsync(database, "control");
            return await StoreLab.StartAsync(Cluster.ConnectionString(database, StoreLab.Role), Cluster.ConnectionString(database, "control"));
        }
    }
}
