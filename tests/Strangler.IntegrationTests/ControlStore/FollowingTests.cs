using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Strangler.Core.Model;
using Strangler.IntegrationTests.Edge;
using Strangler.IntegrationTests.Sync;
using Strangler.Proxy.Plans;
using Yarp.ReverseProxy.Configuration;

namespace Strangler.IntegrationTests.ControlStore;

/// <summary>Several edges on one store that is there.</summary>
public sealed class FollowingTests(SharedClusters clusters)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Change_AtOneEdge_IsInForceAtAllAndAcknowledged()
    {
        await using var lab = await StoreLab.StartAsync(clusters);
        StoreEdge[] edges = await Task.WhenAll(lab.EdgeAsync("a"), lab.EdgeAsync("b"), lab.EdgeAsync("c"));

        await edges[0].MustAsync(Verb.Promote);
        await edges[1].MustAsync(Verb.Promote, share: 20);

        await Eventually.TrueAsync("plan 3 at all edges", () => edges.All(e => e.Plan == 3));
        edges.Select(e => e.Catalog).Distinct().ShouldBe([new CapabilityState(Stage.ReadCanary, 20, Killed: false)]);
        await Eventually.TrueAsync("all edges to say so", async () =>
            (await edges[2].Control.Store.ReadEdgesAsync(Cancel)).Count(e => e is { Plan: 3, OldestPlan: 3, OnOlderPlans: 0 }) == 3);
    }

    [Fact]
    public async Task Change_NotificationLost_IsFoundByLookingAgain()
    {
        await using var lab = await StoreLab.StartAsync(clusters);
        var edge = await lab.EdgeAsync("a");
        await edge.MustAsync(Verb.Promote);
        var next = edge.Control.State with { Plan = 3 };
        var document = PlanDocument.Write(next.With("catalog", new CapabilityState(Stage.Shadow, 0, Killed: true), edge.Control.State.LastChanges["catalog"]));

        await lab.OwnerAsync("INSERT INTO strangler.plan (number, checksum, document) VALUES (3, $1, $2)", PlanDocument.ChecksumOf(document), document);

        await Eventually.TrueAsync("the plan", () => edge.Plan == 3);
        edge.Catalog.Killed.ShouldBeTrue();
    }

    [Fact]
    public async Task Change_RequestsOfTheOldPlanUnderWay_AreInTheReportUntilTheyEnd()
    {
        await using var lab = await StoreLab.StartAsync(clusters);
        var (a, b) = (await lab.EdgeAsync("a"), await lab.EdgeAsync("b"));
        await a.MustAsync(Verb.Promote);
        await a.MustAsync(Verb.Promote, share: 20);
        await Eventually.TrueAsync("plan 3", () => b.Plan == 3);
        var old = b.Control.Plans.Current.Capabilities[0];
        b.Control.Plans.TryEnter(old).ShouldBeTrue();

        await a.MustAsync(Verb.Promote, share: 50);

        await Eventually.TrueAsync("the report", async () =>
            (await a.Control.Store.ReadEdgesAsync(Cancel)).Any(e => e is { Edge: "b", Plan: 4, OldestPlan: 3, OnOlderPlans: 1 }));
        old.OnNewSide.Leave();
        await Eventually.TrueAsync("the report that it has ended", async () =>
            (await a.Control.Store.ReadEdgesAsync(Cancel)).Any(e => e is { Edge: "b", Plan: 4, OldestPlan: 4, OnOlderPlans: 0 }));
    }

    [Fact]
    public async Task Change_TwoOperatorsAtOnce_OneIsStaleAndSeesThePlanOfTheOther()
    {
        await using var lab = await StoreLab.StartAsync(clusters);
        var (a, b) = (await lab.EdgeAsync("a"), await lab.EdgeAsync("b"));
        await a.MustAsync(Verb.Promote);
        await a.MustAsync(Verb.Promote, share: 1);
        await Eventually.TrueAsync("plan 3", () => b.Plan == 3);

        for (var round = 0; round < 20; round++)
        {
            var seen = Math.Max(a.Plan, b.Plan);
            var results = await Task.WhenAll(
                a.MoveAsync(Verb.Promote, share: 2 + (2 * round), expected: seen), b.MoveAsync(Verb.Promote, share: 3 + (2 * round), expected: seen));

            results.Count(r => r.Outcome == ChangeOutcome.Done).ShouldBe(1);
            var loser = results.Single(r => r.Outcome == ChangeOutcome.Stale);
            (loser.Plan, loser.Message).ShouldBe((seen + 1, $"you looked at plan {seen}, but plan {seen + 1} is in force; look again"));
            (results[0].Outcome == ChangeOutcome.Stale ? a : b).Plan.ShouldBe(seen + 1);
        }
    }

    [Fact]
    public async Task Kill_TwentyAtOnceAtTwoEdges_AllAreDone()
    {
        await using var lab = await StoreLab.StartAsync(clusters);
        var (a, b) = (await lab.EdgeAsync("a"), await lab.EdgeAsync("b"));
        await a.MustAsync(Verb.Promote);

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => (i % 2 == 0 ? a : b).MoveAsync(Verb.Kill)));

        results.Select(r => r.Outcome).Distinct().ShouldBe([ChangeOutcome.Done]);
        results.ShouldContain(r => r.Changes.Count > 0);
        await Eventually.TrueAsync("the kill at both, and in the store", () => a.Catalog.Killed && b.Catalog.Killed && a.Control.Health.Overrides.Count + b.Control.Health.Overrides.Count == 0);
    }

    [Fact]
    public async Task Apply_AtOneEdge_TheVeryNextRequestThereAndSoonThoseOfOthersTakeTheNewRoutes()
    {
        await using var lab = await StoreLab.StartAsync(clusters);
        var (a, b) = (await lab.EdgeAsync("a"), await lab.EdgeAsync("b"));
        using var client = new HttpClient();
        await a.MustAsync(Verb.Promote);
        await a.MustAsync(Verb.Promote, share: 100);
        await Eventually.TrueAsync("plan 3", () => b.Plan == 3);

        for (var version = 2; version <= 12; version++)
        {
            await lab.WriteRulesAsync(lab.Rules($"v{version}"));
            var applied = await a.Control.ApplyRulesAsync(new ChangeRequest("operator", "a test", null, DryRun: false), Cancel);
            applied.Changes.ShouldNotContain(change => change.StartsWith("the routes", StringComparison.Ordinal));
            using var next = await a.GetAsync(client, "anybody");
            lab.New.Seen[^1].Target.ShouldBe($"/v{version}/products/X");
            next.Decision("plan").ShouldBe($"{a.Plan}");
        }

        await Eventually.TrueAsync("the routes at the other edge", async () =>
        {
            using var other = await b.GetAsync(client, "anybody");
            return lab.New.Seen[^1].Target == "/v12/products/X";
        });
    }

    [Fact]
    public async Task Apply_YarpIsSlowWithItsRoutes_AnswersWhenTheyAreThere()
    {
        await using var lab = await StoreLab.StartAsync(clusters);
        var gate = new Gate();
        var edge = await lab.EdgeAsync("a", more: services => services.AddSingleton<IProxyConfigFilter>(gate));
        using var client = new HttpClient();
        await edge.MustAsync(Verb.Promote);
        await edge.MustAsync(Verb.Promote, share: 100);
        gate.Close();
        await lab.WriteRulesAsync(lab.Rules("v2"));

        var apply = edge.Control.ApplyRulesAsync(new ChangeRequest("operator", "a test", null, DryRun: false), Cancel);
        await Eventually.TrueAsync("the new plan in force", () => edge.Plan == 4);
        apply.IsCompleted.ShouldBeFalse();
        gate.Open();

        (await apply).Changes.ShouldNotContain(change => change.StartsWith("the routes", StringComparison.Ordinal));
        using var next = await edge.GetAsync(client, "anybody");
        lab.New.Seen[^1].Target.ShouldBe("/v2/products/X");
    }

    [Fact]
    public async Task Plan_WithABadChecksum_IsRefusedAndTheNextChangeGoesOverIt()
    {
        await using var lab = await StoreLab.StartAsync(clusters);
        var (a, b) = (await lab.EdgeAsync("a"), await lab.EdgeAsync("b"));
        await a.MustAsync(Verb.Promote);
        var good = (await a.Control.Store.ReadAsync(2, Cancel))!;

        await lab.OwnerAsync("INSERT INTO strangler.plan VALUES (3, 'x', $1)", good.Replace("shadow", "new-primary", StringComparison.Ordinal));

        await Eventually.TrueAsync("the refusal", async () =>
            (await a.Control.Store.ReadEdgesAsync(Cancel)).Count(e => e.Plan == 2 && e.Refused?.StartsWith("plan 3 cannot be used: its checksum is", StringComparison.Ordinal) == true) == 2);
        a.Control.Health.IsStale.ShouldBeFalse();
        var result = await b.MoveAsync(Verb.Promote, share: 5, expected: 2);
        result.Outcome.ShouldBe(ChangeOutcome.Done, result.Message);
        result.Plan.ShouldBe(4);
        await Eventually.TrueAsync("the good plan at both", () => a.Plan == 4 && a.Control.Health.Refused is null && b.Control.Health.Refused is null);
    }

    [Fact]
    public async Task Plan_WithRulesThatDoNotCompile_IsRefusedAndOnlyKillWorksHere()
    {
        await using var lab = await StoreLab.StartAsync(clusters);
        var a = await lab.EdgeAsync("a");
        await a.MustAsync(Verb.Promote);
        var rules = a.Control.State.Rules[0];
        var newer = PlanDocument.Write(a.Control.State with { Plan = 3, Rules = [rules with { Text = rules.Text + "colour: blue\n" }] });

        await lab.OwnerAsync("INSERT INTO strangler.plan VALUES (3, 'x', $1)", newer);
        await Eventually.TrueAsync("the refusal", () => a.Control.Health.Refused is not null);
        var promote = await a.MoveAsync(Verb.Promote, share: 5);
        var kill = await a.MoveAsync(Verb.Kill);

        promote.Outcome.ShouldBe(ChangeOutcome.NotSaved);
        promote.Message!.ShouldContain("plan 3 cannot be used: its rules have 1 error, the first ");
        kill.Outcome.ShouldBe(ChangeOutcome.Done);
        (a.Plan, a.Catalog.Killed).ShouldBe((2, true));
        a.Control.Health.Overrides.ShouldBe(["catalog"]);
    }

    [Fact]
    public async Task Plan_FeatureManagementDisagreesAtOneEdge_IsRefusedThereButAKillIsNot()
    {
        await using var lab = await StoreLab.StartAsync(clusters);
        var (a, b) = (await lab.EdgeAsync("a"), await lab.EdgeAsync("b"));
        await a.MustAsync(Verb.Promote);
        await Eventually.TrueAsync("plan 2", () => b.Plan == 2);
        b.Control.Guard = (_, _) => "they disagree";

        await a.MustAsync(Verb.Kill);
        await Eventually.TrueAsync("the kill", () => b is { Plan: 3, Catalog.Killed: true });
        await a.MustAsync(Verb.Rollback, stage: Stage.Legacy);

        await Eventually.TrueAsync("the refusal", () => b.Control.Health.Refused == "plan 4 cannot be used: they disagree");
        b.Plan.ShouldBe(3);
    }

    [Fact]
    public async Task Clock_OfOneEdgeAnHourOff_HarmsNothing()
    {
        await using var lab = await StoreLab.StartAsync(clusters);
        var (a, b) = (await lab.EdgeAsync("a"), await lab.EdgeAsync("b", time: new ShiftedTime(TimeSpan.FromHours(-1))));

        await a.MustAsync(Verb.Promote);
        await Eventually.TrueAsync("plan 2 at the slow clock", () => b.Plan == 2);
        await b.MustAsync(Verb.Promote, share: 20);
        await Eventually.TrueAsync("plan 3 at the right clock", () => a.Plan == 3);

        var edges = await a.Control.Store.ReadEdgesAsync(Cancel);
        edges.Select(e => e.Edge).ShouldBe(["a", "b"]);
        edges.ShouldAllBe(e => e.AgeSeconds >= 0 && e.AgeSeconds < 60);
        var lines = await a.Control.Store.ReadAuditAsync(Cancel).ToListAsync(Cancel);
        lines.Select(l => (long)JsonNode.Parse(l)!["plan"]!).ShouldBe([1, 2, 3]);
    }

    /// <summary>Holds YARP up while it takes a configuration over.</summary>
    private sealed class Gate : IProxyConfigFilter
    {
        private TaskCompletionSource _open = Opened();

        public void Close() => _open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Open() => _open.TrySetResult();

        public async ValueTask<ClusterConfig> ConfigureClusterAsync(ClusterConfig cluster, CancellationToken cancel)
        {
            await _open.Task.WaitAsync(cancel);
            return cluster;
        }

        public ValueTask<RouteConfig> ConfigureRouteAsync(RouteConfig route, ClusterConfig? cluster, CancellationToken cancel) => new(route);

        private static TaskCompletionSource Opened()
        {
            var opened = new TaskCompletionSource();
            opened.SetResult();
            return opened;
        }
    }

    private sealed class ShiftedTime(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
    }
}
