using System.Text.Json.Nodes;
using Shouldly;
using Strangler.Core.Model;
using Strangler.IntegrationTests.Sync;
using Strangler.Proxy.Plans;

namespace Strangler.IntegrationTests.ControlStore;

/// <summary>A thousand flips on two edges while clients shop as fast as they can.</summary>
public sealed class FlipsUnderLoadTests(SharedClusters clusters)
{
    private const int Flips = 1000;

    [Fact]
    public async Task Flips_AThousandUnderLoad_FailNoRequestAndNoneIsDecidedByTwoPlans()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var lab = await StoreLab.StartAsync(clusters);
        StoreEdge[] edges = [await lab.EdgeAsync("a"), await lab.EdgeAsync("b")];
        await edges[0].MustAsync(Verb.Promote);
        await edges[0].MustAsync(Verb.Promote, share: 100);
        await Eventually.TrueAsync("plan 3 at both", () => edges[1].Plan == 3);
        await using var shoppers = new Shoppers(edges, perEdge: 1);

        for (var flip = 0; flip < Flips; flip++)
        {
            var request = new ChangeRequest("operator", "flip", null, DryRun: false);
            var result = await edges[flip / 100 % 2].Control.EditAsync("flip", request, state => Flip(state, flip), cancel);
            result.Outcome.ShouldBe(ChangeOutcome.Done, result.Message);
        }

        await Eventually.TrueAsync("the last plan at both", () => edges.All(e => e.Plan == 3 + Flips));
        await shoppers.StopAsync();
        var states = new Dictionary<long, CapabilityState>();
        for (var plan = 4L; plan <= 3 + Flips; plan++) states[plan] = PlanDocument.Read((await edges[0].Control.Store.ReadAsync(plan, cancel))!).Of("catalog");
        states[3] = new CapabilityState(Stage.ReadCanary, 100, Killed: false);

        shoppers.Failed.ShouldBe(0);
        shoppers.DecidedByTwoPlans(plan => states[plan]).ShouldBe(0);
        var decidedBy = shoppers.Visits.Select(v => v.Plan).Distinct().Count();
        decidedBy.ShouldBeGreaterThan(50);
        (lab.Legacy.Started + lab.New.Started).ShouldBe(shoppers.Count);
        TestContext.Current.SendDiagnosticMessage($"{shoppers.Count} requests over {decidedBy} plans");
        (await edges[0].Control.Store.ReadAuditAsync(cancel).CountAsync(line => (string)JsonNode.Parse(line)!["verb"]! == "flip", cancel)).ShouldBe(Flips);
    }

    private static Edit Flip(ControlState state, int flip)
    {
        var next = state.Of("catalog") with { Share = flip % 2 == 0 ? 0 : 100 };
        return new Edit(state.With("catalog", next, state.LastChanges["catalog"]), ["catalog"], ["share"]);
    }
}
