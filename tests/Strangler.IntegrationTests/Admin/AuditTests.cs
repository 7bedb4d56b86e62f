using Shouldly;
using Strangler.Core.Audit;
using Strangler.IntegrationTests.Edge;

namespace Strangler.IntegrationTests.Admin;

public sealed class AuditTests : IAsyncLifetime
{
    private TestEdge _edge = null!;

    public async ValueTask InitializeAsync()
    {
        _edge = await TestEdge.StartAsync();
        await _edge.ChangeAsync("promote", new { reason = "compare" });
        await _edge.ChangeAsync("promote", new { reason = "ümlaut \u2028", share = 10 });
        await _edge.ChangeAsync("kill", new { reason = "wrong" });
    }

    public ValueTask DisposeAsync() => _edge.DisposeAsync();

    [Fact]
    public async Task Export_OfARunningEdge_IsAnIntactChain()
    {
        var text = await _edge.Admin.GetStringAsync("/admin/v1/audit/export", TestContext.Current.CancellationToken);
        var lines = text.TrimEnd('\n').Split('\n');

        var verdict = AuditCheck.Verify(lines);

        (verdict.Lines, verdict.IsIntact).ShouldBe((4, true));
        var last = (await _edge.Admin.JsonAsync("/admin/v1/audit?limit=1"))["entries"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)last["hash"]!).ShouldBe(verdict.Head);
        lines[^1] = lines[^1].Replace("wrong", "right", StringComparison.Ordinal);
        AuditCheck.Verify(lines, verdict.Head).IsIntact.ShouldBeFalse();
    }

    [Fact]
    public async Task Audit_AfterALine_GivesTheNextOnes()
    {
        var answer = await _edge.Admin.JsonAsync("/admin/v1/audit?after=1&limit=2&capability=catalog");

        answer["entries"]!.AsArray().Select(e => $"{e!["line"]} {e["verb"]} {e["plan"]}").ShouldBe(["2 promote 2", "3 promote 3"]);
        ((long)answer["lines"]!).ShouldBe(4);
        var evidence = answer["entries"]![0]!["evidence"]!.AsArray();
        evidence.ShouldBeEmpty();
    }

    [Fact]
    public async Task Plans_AfterChanges_AreListedTheNewestFirst()
    {
        var answer = await _edge.Admin.JsonAsync("/admin/v1/plans?limit=2");

        ((long)answer["plan"]!).ShouldBe(4);
        answer["plans"]!.AsArray().Select(p => $"{p!["number"]} {p["actor"]} {p["verb"]} {p["reason"]}").ShouldBe(["4 bootstrap kill wrong", "3 bootstrap promote ümlaut \u2028"]);
    }

    [Fact]
    public async Task Plan_Kept_IsShownAndOneThatIsNotIs404()
    {
        var plan = await _edge.Admin.JsonAsync("/admin/v1/plans/3");

        ((bool)plan["inForce"]!, ((string)plan["checksum"]!).Length).ShouldBe((false, 64));
        var catalog = plan["capabilities"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)catalog["stage"]!, (double)catalog["share"]!).ShouldBe(("read-canary", 10));
        ((string)plan["rules"]![0]!["name"]!).ShouldBe(_edge.RulesFile);
        using var missing = await _edge.Admin.SendJsonAsync(HttpMethod.Get, "/admin/v1/plans/99", null);
        await missing.ShouldBeAsync(404, "not-found");
    }

    [Fact]
    public async Task Edges_OfTheFileStore_NamesStoreAndPlan()
    {
        var answer = await _edge.Admin.JsonAsync("/admin/v1/edges");

        ((string)answer["store"]!, (long)answer["plan"]!).ShouldBe(("file", 4));
        ((string)answer["health"]!["edge"]!).ShouldNotBeEmpty();
        answer["health"]!["staleSince"].ShouldBeNull();
    }
}
