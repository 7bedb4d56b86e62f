using System.Text.Json.Nodes;
using Shouldly;
using Strangler.IntegrationTests.Edge;

namespace Strangler.IntegrationTests.Admin;

public sealed class ChangesTests : IAsyncLifetime
{
    private TestEdge _edge = null!;

    public async ValueTask InitializeAsync()
    {
        _edge = await TestEdge.StartAsync();
        await File.WriteAllTextAsync(_edge.RulesFile, _edge.Rules(more: $$"""
              search:
                new: { destinations: ["{{_edge.New.Address}}"] }
                operations: [ { match: "GET /api/search", semantics: safe } ]
            """), TestContext.Current.CancellationToken);
        await _edge.RestartAsync();
    }

    public ValueTask DisposeAsync() => _edge.DisposeAsync();

    [Fact]
    public async Task Changes_TwoCapabilities_AreOnePlan()
    {
        using var response = await SendAsync(new { capability = "catalog", verb = "promote" }, new { capability = "search", verb = "promote" });

        var answer = await response.ShouldBeAsync(200);
        ((long)answer["plan"]!).ShouldBe(3);
        answer["changes"]!.AsArray().Select(c => (string)c!).ShouldBe(["catalog: stage legacy -> shadow", "search: stage legacy -> shadow"]);
        answer["capabilities"]!.AsArray().Select(c => $"{c!["name"]} {c["stage"]}").ShouldBe(["catalog shadow", "search shadow"]);
    }

    [Fact]
    public async Task Changes_OneIsRefused_NoneIsMade()
    {
        using var response = await SendAsync(new { capability = "catalog", verb = "promote" }, new { capability = "search", verb = "rollback" });

        await response.ShouldBeAsync(422, "refused");
        (await _edge.PlanAsync()).ShouldBe(2);
        ((string)(await _edge.CatalogAsync())["stage"]!).ShouldBe("legacy");
    }

    [Theory]
    [InlineData("""{"capability":"catalog","verb":"explode"}""", "there is no verb 'explode'; legal: promote, rollback, shrink, hold, release, kill, include, exclude, isolate, reset")]
    [InlineData("""{"capability":"catalog","verb":"kill","share":5}""", "kill takes no share")]
    [InlineData("""{"capability":"catalog","verb":"promote","groups":["a"]}""", "promote takes no units, groups or remove")]
    [InlineData("""{"capability":"catalog","verb":"promote","stage":"canary"}""", "there is no stage 'canary'; legal: legacy, shadow, read-canary, write-canary, new-primary, retired")]
    [InlineData(null, "a change has 1 to 100 moves, not 0")]
    public async Task Changes_NotUnderstood_Are400(string? move, string detail)
    {
        using var response = await SendAsync(move is null ? [] : [JsonNode.Parse(move)!]);

        ((string)(await response.ShouldBeAsync(400, "invalid"))["detail"]!).ShouldBe(detail);
    }

    [Fact]
    public async Task Change_PreconditionMissing_ListsIt()
    {
        await _edge.ChangeAsync("promote", new { reason = "x" });
        await _edge.ChangeAsync("promote", new { reason = "x", share = 100 });

        using var response = await SendAsync(new { capability = "catalog", verb = "promote", stage = "write-canary", share = 10 });

        var problem = await response.ShouldBeAsync(422, "refused");
        var missing = problem["errors"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)missing["message"]!).ShouldStartWith("the data of 'catalog' cannot move yet");
        ((string)missing["code"]!).ShouldBe("missing");
    }

    [Fact]
    public async Task Change_OldPlan_CarriesThePresentState()
    {
        using var response = await _edge.PostAsync("/admin/v1/capabilities/catalog:promote", new { reason = "x" }, "\"1\"");

        var problem = await response.ShouldBeAsync(412, "stale");
        response.Headers.ETag!.Tag.ShouldBe("\"2\"");
        ((long)problem["current"]!["plan"]!).ShouldBe(2);
        problem["current"]!["capabilities"]!.AsArray().Count.ShouldBe(2);
    }

    [Fact]
    public async Task Verbs_EachInItsTurn_ShowInTheStatus()
    {
        await _edge.ChangeAsync("promote", new { reason = "x" });
        await _edge.ChangeAsync("promote", new { reason = "x", share = 50 });
        await _edge.ChangeAsync("hold", new { reason = "x" });
        await _edge.ChangeAsync("include", new { reason = "x", units = new[] { "u1", "u2" }, groups = new[] { "staff" } });
        await _edge.ChangeAsync("exclude", new { reason = "x", units = new[] { "u3" } });
        await _edge.ChangeAsync("include", new { reason = "x", units = new[] { "u2" }, remove = true });
        await _edge.ChangeAsync("shrink", new { reason = "x", share = 20 });

        var catalog = await _edge.CatalogAsync();
        ((double)catalog["share"]!, (bool)catalog["held"]!, (bool)catalog["everyone"]!).ShouldBe((20, true, false));
        catalog["include"]!.ToJsonString().ShouldBe("""{"units":1,"groups":["staff"]}""");
        catalog["exclude"]!.ToJsonString().ShouldBe("""{"units":1,"groups":[]}""");

        using var held = await _edge.TryChangeAsync("promote", new { reason = "x", share = 60 }, $"\"{await _edge.PlanAsync()}\"");
        ((string)(await held.ShouldBeAsync(422, "refused"))["detail"]!).ShouldContain("is held");
        ((bool)(await _edge.ChangeAsync("release", new { reason = "x" }))["capability"]!["held"]!).ShouldBeFalse();
    }

    [Fact]
    public async Task Preview_Canary_ForecastsFromTheLastHourAndChangesNothing()
    {
        await _edge.ChangeAsync("promote", new { reason = "x" });
        var plan = await _edge.PlanAsync();
        for (var i = 0; i < 10; i++)
        {
            using var answered = await _edge.GetAsync("/api/products/X", $"session-{i}");
        }

        await Sync.Eventually.TrueAsync("the requests to be counted", async () =>
            (long)(await _edge.CatalogAsync())["sides"]!["legacy"]!["requests"]! == 10);
        using var response = await _edge.PostAsync("/admin/v1/changes:preview", new
        {
            reason = "",
            moves = new object[] { new { capability = "catalog", verb = "promote", share = 50 }, new { capability = "search", verb = "promote", stage = "retired" }, new { capability = "search", verb = "promote", share = 10 } },
        });

        var answer = await response.ShouldBeAsync(200);
        ((bool)answer["possible"]!).ShouldBeFalse();
        var (catalog, search) = (answer["moves"]![0]!, answer["moves"]![1]!);
        ((string)catalog["stage"]!, (string)catalog["undo"]!, (string?)catalog["refusal"]).ShouldBe(("read-canary", "instant", null));
        var operation = catalog["forecast"]!["operations"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)operation["operation"]!).ShouldBe("GET /api/products/{sku}");
        var rate = (double)operation["requestsPerMinute"]!;
        rate.ShouldBeGreaterThan(0);
        ((double)catalog["forecast"]!["perMinute"]!).ShouldBe(rate / 2, 0.11);
        ((string)catalog["forecast"]!["basis"]!).ShouldContain("as long as this edge is up");
        ((string)search["refusal"]!).ShouldContain("goes up one stage at a time");
        ((string)search["stage"]!, (string)answer["moves"]![2]!["stage"]!).ShouldBe(("retired", "shadow"));
        (await _edge.PlanAsync()).ShouldBe(plan);
    }

    private async Task<HttpResponseMessage> SendAsync(params object[] moves) =>
        await _edge.PostAsync("/admin/v1/changes", new { reason = "test", moves }, $"\"{await _edge.PlanAsync()}\"");
}
