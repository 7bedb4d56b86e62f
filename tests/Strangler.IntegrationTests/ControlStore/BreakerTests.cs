using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Strangler.Core.Model;
using Strangler.Core.Resilience;
using Strangler.IntegrationTests.Edge;
using Strangler.IntegrationTests.Sync;
using Strangler.Proxy.Plans;

namespace Strangler.IntegrationTests.ControlStore;

/// <summary>What breakers do beyond one edge: orders of operators, and the stage that is lowered.</summary>
public sealed class BreakerTests(SharedClusters clusters)
{
    private const string Breaker = "    breaker: { min-results: 5, window: 30s, pause: 1s, recover: 1s }\n";

    private static readonly Action<IServiceCollection> Soon = services => services.AddSingleton(new LoweringRule(TimeSpan.FromSeconds(2), 3));

    [Fact]
    public async Task Isolate_AtOneEdge_HoldsOnAllUntilTheReset()
    {
        await using var lab = await LabAsync();
        var (a, b) = (await lab.EdgeAsync("a"), await lab.EdgeAsync("b"));
        await ToCanaryAsync(a);
        using var client = new HttpClient();

        await a.MustAsync(Verb.Isolate);
        (await SideAsync(a, client)).ShouldBe(("legacy", "breaker-open"));
        await Eventually.TrueAsync("the other edge obeys", async () => await SideAsync(b, client) == ("legacy", "breaker-open"));
        var status = (await b.Admin.GetFromJsonAsync<JsonNode>("/admin/v1/capabilities/catalog", TestContext.Current.CancellationToken))!;
        ((string)status["sides"]!["new"]!["breaker"]!["sentence"]!).ShouldBe("breaker of new isolated by an operator; to end that: strangler breaker reset catalog");
        var explained = (await b.Admin.GetFromJsonAsync<JsonNode>("/admin/v1/explain?method=GET&path=/api/products/X&unit=s", TestContext.Current.CancellationToken))!;
        ((string)explained["reason"]!).ShouldBe("breaker-open");

        await b.MustAsync(Verb.Reset);
        (await SideAsync(b, client)).ShouldBe(("new", "inside-share"));
        await Eventually.TrueAsync("the first edge, too", async () => await SideAsync(a, client) == ("new", "inside-share"));
    }

    [Fact]
    public async Task Lower_OpenOnMostEdges_HappensExactlyOnce()
    {
        await using var lab = await LabAsync();
        StoreEdge[] edges = [await lab.EdgeAsync("a", more: Soon), await lab.EdgeAsync("b", more: Soon), await lab.EdgeAsync("c", more: Soon)];
        await ToCanaryAsync(edges[0]);
        await Eventually.TrueAsync("all have the plan", () => edges.All(edge => edge.Catalog.Stage == Stage.ReadCanary));
        lab.New.Answer = TestBackend.Text("sorry", StatusCodes.Status503ServiceUnavailable);

        await UntilLoweredAsync(edges);

        (await EntriesAsync(edges[0])).Count.ShouldBe(1);
        edges[0].Catalog.CoolDown.ShouldNotBeNull().Why.ShouldContain("of 3 edges: breaker of new");
        var refused = await edges[1].MoveAsync(Verb.Promote, share: 10);
        refused.Message.ShouldNotBeNull().ShouldStartWith("'catalog' was lowered by its breaker and is not raised for another 30 min (the breaker of new is open for 2 s or more on ");
        (await edges[2].MoveAsync(Verb.Rollback)).Outcome.ShouldBe(ChangeOutcome.Done);
    }

    [Fact]
    public async Task Lower_OneEdgeAndFiles_WorksToo()
    {
        await using var lab = await LabAsync();
        await using var edge = await StoreEdge.StartAsync("alone", Path.GetDirectoryName(lab.StateOf("alone"))!, store: null, more: Soon);
        await ToCanaryAsync(edge);
        lab.New.Answer = TestBackend.Text("sorry", StatusCodes.Status503ServiceUnavailable);

        await UntilLoweredAsync([edge]);

        var entry = JsonNode.Parse((await EntriesAsync(edge)).ShouldHaveSingleItem())!;
        entry["changes"]!.AsArray().Select(change => (string)change!).ShouldContain("stage read-canary -> shadow");
        ((string)entry["reason"]!).ShouldStartWith("the breaker of new is open for 2 s or more on 1 of 1 edge: breaker of new");
        var despite = await edge.Control.MoveAsync(
            [new CapabilityMove("catalog", new Move(Verb.Promote) { Share = 10, DespiteCoolDown = true })],
            new ChangeRequest("operator", "mended", null, DryRun: false), TestContext.Current.CancellationToken);
        (despite.Outcome, edge.Catalog.CoolDown).ShouldBe((ChangeOutcome.Done, null));
    }

    private async Task<StoreLab> LabAsync()
    {
        var lab = await StoreLab.StartAsync(clusters);
        await lab.WriteRulesAsync(lab.Rules().TrimEnd() + "\n" + Breaker);
        return lab;
    }

    private static async Task ToCanaryAsync(StoreEdge edge)
    {
        await edge.MustAsync(Verb.Promote, stage: Stage.Shadow);
        await edge.MustAsync(Verb.Promote, share: 100);
    }

    private static async Task UntilLoweredAsync(StoreEdge[] edges)
    {
        using var client = new HttpClient();
        await Eventually.TrueAsync("the stage is lowered everywhere", async () =>
        {
            foreach (var edge in edges)
            {
                using var response = await edge.GetAsync(client, "s");
                response.IsSuccessStatusCode.ShouldBeTrue("every request is answered meanwhile");
            }

            return edges.All(edge => edge.Catalog.Stage == Stage.Shadow);
        });
    }

    private static async Task<(string Side, string Reason)> SideAsync(StoreEdge edge, HttpClient client)
    {
        using var response = await edge.GetAsync(client, "s");
        return (response.Decision()!.Split(';')[0], response.Decision("reason"));
    }

    private static async Task<List<string>> EntriesAsync(StoreEdge edge)
    {
        var entries = new List<string>();
        await foreach (var line in edge.Control.Store.ReadAuditAsync(TestContext.Current.CancellationToken))
        {
            if ((string?)JsonNode.Parse(line)!["actor"] == "breaker") entries.Add(line);
        }

        return entries;
    }
}
