using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Strangler.IntegrationTests.Admin;
using Strangler.Proxy.Plans;

namespace Strangler.IntegrationTests.Shadow.Triage;

/// <summary>What is made of groups, over the admin API of a real edge.</summary>
public sealed class JudgementTests
{
    private static readonly object Why = new { reason = "SHOP-12" };

    [Fact]
    public async Task Acknowledged_SeenInANewBuild_IsRegressed()
    {
        await using var edge = await StartAsync();
        await edge.GetAsync("/things/1");
        var group = await OnlyAsync(edge);
        ((string)group["state"]!, (string)group["lastBuild"]!, (string)group["severity"]!).ShouldBe(("new", "v1", "high"));

        var answer = await (await edge.JudgeAsync(Name(group), "ack", new { reason = "SHOP-12", assignee = "qa" })).ShouldBeAsync(200);

        ((string)answer["changes"]![0]!).ShouldBe($"number at $.price of GET /things/{{id}} ({Name(group)}): acknowledged, assignee qa");
        await edge.GetAsync("/things/2");
        (await StateAsync(edge)).ShouldBe("acknowledged");
        edge.New.Answer = Price("2", "v2");
        await edge.GetAsync("/things/3");
        (await StateAsync(edge)).ShouldBe("regressed");
        ((string)(await OnlyAsync(edge))["judgement"]!["actor"]!).ShouldBe("bootstrap");
        ((string)(await OnlyAsync(edge))["cause"]!).ShouldNotBeEmpty();
        var audit = (await edge.Admin.JsonAsync("/admin/v1/audit?limit=1"))["entries"]![0]!;
        ((string)audit["verb"]!, (string)audit["reason"]!).ShouldBe(("ack", "SHOP-12"));
    }

    [Fact]
    public async Task Fixed_SeenAgain_IsRegressedAndReopenMakesItNew()
    {
        await using var edge = await StartAsync();
        await edge.GetAsync("/things/1");
        var name = Name(await OnlyAsync(edge));
        await (await edge.JudgeAsync(name, "fix", Why)).ShouldBeAsync(200);
        (await StateAsync(edge)).ShouldBe("fixed");

        await edge.GetAsync("/things/1");

        (await StateAsync(edge)).ShouldBe("regressed");
        await (await edge.JudgeAsync(name, "reopen", Why)).ShouldBeAsync(200);
        (await StateAsync(edge)).ShouldBe("new");
        (await (await edge.JudgeAsync(name, "reopen", Why)).ShouldBeAsync(200))["changes"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task Ignored_TheRuleThatIsPrinted_HidesItOnceItIsApplied()
    {
        await using var edge = await StartAsync();
        await edge.GetAsync("/things/1");
        var name = Name(await OnlyAsync(edge));
        var expires = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(30).ToString("yyyy-MM-dd", null);

        var answer = await (await edge.JudgeAsync(name, "ignore", new { reason = "say \"why\": # {it} \\ is", assignee = "qa", expires })).ShouldBeAsync(200);

        (await StateAsync(edge)).ShouldBe("ignored");
        var rule = (string)answer["rule"]!;
        var draft = await File.ReadAllTextAsync(edge.RulesFile, TestContext.Current.CancellationToken) + $"      {rule}\n";
        var preview = await (await edge.Admin.SendJsonAsync(
            HttpMethod.Post, "/admin/v1/differences:preview", new { capability = "shop", rules = new[] { new { name = "draft.yaml", text = draft } } })).ShouldBeAsync(200);
        ((string)preview["groups"]![0]!["effect"]!, (int)preview["groups"]![0]!["hidden"]!).ShouldBe(("hidden", 1));
        await edge.WriteRulesAsync("  " + rule);
        await (await edge.Admin.SendJsonAsync(HttpMethod.Post, "/admin/v1/rules:apply", Why, $"\"{edge.Part<ControlPlane>().Plans.Current.Number}\"")).ShouldBeAsync(200);
        await edge.GetAsync("/things/1");
        edge.Evidence.Snapshot("shop").Equal.ShouldBe(1);
    }

    [Fact]
    public async Task Preview_OfTheRulesInForceAndOfBrokenOnes_HidesNothingAndSaysWhere()
    {
        await using var edge = await StartAsync();
        await edge.GetAsync("/things/1");
        var text = await File.ReadAllTextAsync(edge.RulesFile, TestContext.Current.CancellationToken);

        var same = await (await PreviewAsync(text)).ShouldBeAsync(200);
        var broken = await (await PreviewAsync(text + "      - { path: nowhere }\n")).ShouldBeAsync(422, "rules-invalid");

        ((string)same["groups"]![0]!["effect"]!).ShouldBe("stays");
        broken["errors"]!.AsArray().Count.ShouldBeGreaterThan(0);

        Task<HttpResponseMessage> PreviewAsync(string draft) => edge.Admin.SendJsonAsync(
            HttpMethod.Post, "/admin/v1/differences:preview", new { capability = "shop", rules = new[] { new { name = "draft.yaml", text = draft } } });
    }

    [Fact]
    public async Task Rerun_WhileTheRequestIsInMemory_AsksBothSidesAgainAndCountsNowhere()
    {
        await using var edge = await StartAsync();
        await edge.GetAsync("/things/1?color=red", request => request.Headers.Add("Cookie", "Session=abc; Other=x"));
        var name = Name(await OnlyAsync(edge));
        var counted = edge.Evidence.Snapshot("shop").Compared;

        var still = await RerunAsync();
        edge.New.Answer = Price("1", "v2");
        var equal = await RerunAsync();

        ((string)still["result"]!, (string)still["differences"]![0]!["new"]!).ShouldBe(("still", "2"));
        ((string)equal["result"]!, (string)equal["sentence"]!).ShouldBe(("equal", "both sides give the same answer now"));
        edge.New.Seen[^1].Target.ShouldBe("/v2/things/1?color=red");
        edge.New.Seen[^1].Headers["Cookie"].ShouldBe("Session=abc");
        edge.Evidence.Snapshot("shop").Compared.ShouldBe(counted);

        async Task<JsonNode> RerunAsync() => await (await edge.Admin.SendJsonAsync(HttpMethod.Post, $"/admin/v1/differences/{name}:rerun", null)).ShouldBeAsync(200);
    }

    [Fact]
    public async Task Judge_WithoutRightPlanReasonOrGroup_IsRefused()
    {
        await using var edge = await StartAsync();
        await edge.GetAsync("/things/1");
        var name = Name(await OnlyAsync(edge));
        using var viewer = await WithRoleAsync(edge, "viewer");
        using var qa = await WithRoleAsync(edge, "qa");

        await (await edge.JudgeAsync(name, "ack", Why, viewer)).ShouldBeAsync(403, "forbidden");
        await (await viewer.SendJsonAsync(HttpMethod.Post, $"/admin/v1/differences/{name}:rerun?dryRun=true", null)).ShouldBeAsync(403, "forbidden");
        await (await edge.JudgeAsync(name, "ack", Why, ifMatch: "\"1\"")).ShouldBeAsync(412, "stale");
        await (await edge.JudgeAsync(name, "ack", new { reason = "" })).ShouldBeAsync(400, "invalid");
        await (await edge.JudgeAsync("ffffffff", "ack", Why)).ShouldBeAsync(404, "not-found");
        await (await edge.JudgeAsync("xyz", "ack", Why)).ShouldBeAsync(400, "invalid");
        await (await edge.JudgeAsync(name, "ignore", Why)).ShouldBeAsync(400, "invalid");
        await (await edge.JudgeAsync(name, "ignore", new { reason = "x", assignee = "qa", expires = "2020-01-01" })).ShouldBeAsync(400, "invalid");
        using var bare = await qa.SendJsonAsync(HttpMethod.Post, $"/admin/v1/differences/{name}:ack", Why);
        bare.StatusCode.ShouldBe(HttpStatusCode.PreconditionRequired);
        (await (await edge.JudgeAsync(name, "ack", Why, viewer, dryRun: true)).ShouldBeAsync(200))["changes"]!.AsArray().Count.ShouldBe(1);
        (await StateAsync(edge)).ShouldBe("new");
        await (await edge.JudgeAsync(name, "ack", Why, qa)).ShouldBeAsync(200);
        ((string)(await OnlyAsync(edge))["judgement"]!["actor"]!).ShouldBe("qa");
    }

    private static Task<TriageEdge> StartAsync() => TriageEdge.StartAsync(Backend.Json("""{"price":1}"""), Price("2", "v1"));

    private static RequestDelegate Price(string price, string build) => context =>
    {
        context.Response.Headers["X-Build"] = build;
        return Backend.Json($$"""{"price":{{price}}}""")(context);
    };

    private static async Task<JsonNode> OnlyAsync(TriageEdge edge) => (await edge.GroupsAsync()).ShouldHaveSingleItem()!;

    private static async Task<string> StateAsync(TriageEdge edge) => (string)(await OnlyAsync(edge))["state"]!;

    private static string Name(JsonNode group) => ((string)group["fingerprint"]!)[..8];

    private static async Task<HttpClient> WithRoleAsync(TriageEdge edge, string role)
    {
        var answer = await (await edge.Admin.SendJsonAsync(HttpMethod.Post, "/admin/v1/tokens", new { reason = "test", name = role, role }, "*")).ShouldBeAsync(200);
        var client = new HttpClient { BaseAddress = edge.Admin.BaseAddress };
        client.DefaultRequestHeaders.Authorization = new("Bearer", (string)answer["secret"]!);
        return client;
    }
}
