using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Shouldly;

namespace Strangler.IntegrationTests.Edge;

public sealed class AdminApiTests : IAsyncLifetime
{
    private static readonly object Reason = new { reason = "test" };

    private TestEdge _edge = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _edge = await TestEdge.StartAsync();

    public ValueTask DisposeAsync() => _edge.DisposeAsync();

    [Theory]
    [InlineData("GET", "/admin/v1/capabilities")]
    [InlineData("GET", "/admin/v1/capabilities/catalog")]
    [InlineData("GET", "/admin/v1/explain?method=GET&path=/")]
    [InlineData("POST", "/admin/v1/capabilities/catalog:kill")]
    [InlineData("POST", "/admin/v1/rules:apply")]
    public async Task Call_WithoutTheToken_Is401(string method, string path)
    {
        foreach (var token in (string?[])[null, "Bearer wrong", "Bearer", "Basic " + TestEdge.Token, TestEdge.Token])
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(_edge.Admin.BaseAddress!, path));
            if (token is not null) request.Headers.TryAddWithoutValidation("Authorization", token);
            using var stranger = new HttpClient();

            using var response = await stranger.SendAsync(request, Cancel);

            await ShouldBeProblemAsync(response, 401, "urn:strangler:unauthorized");
        }
    }

    [Theory]
    [InlineData("/livez")]
    [InlineData("/readyz")]
    [InlineData("/metrics")]
    public async Task Probe_WithoutTheToken_Answers(string path)
    {
        using var stranger = new HttpClient();

        using var response = await stranger.GetAsync(new Uri(_edge.Admin.BaseAddress!, path), Cancel);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Status_OfARunningEdge_HasPlanTagAndCapability()
    {
        using var response = await _edge.Admin.GetAsync("/admin/v1/capabilities", Cancel);
        var status = (await response.Content.ReadFromJsonAsync<JsonNode>(Cancel))!;

        response.Headers.ETag!.Tag.ShouldBe($"\"{(long)status["plan"]!}\"");
        ((bool)status["edge"]!["decisionHeader"]!).ShouldBeTrue();
        var catalog = status["capabilities"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)catalog["name"]!, (string)catalog["stage"]!, (bool)catalog["killed"]!).ShouldBe(("catalog", "legacy", false));
    }

    [Theory]
    [InlineData("promote", null)]
    [InlineData("promote", "*")]
    [InlineData("promote", "1")]
    [InlineData("promote", "\"x\"")]
    [InlineData("rollback", null)]
    [InlineData("rollback", "*")]
    [InlineData("kill", null)]
    public async Task Change_WithoutAPlanInIfMatch_Is428(string verb, string? plan)
    {
        using var response = await _edge.TryChangeAsync(verb, Reason, plan);

        await ShouldBeProblemAsync(response, 428, "urn:strangler:precondition-required");
    }

    [Theory]
    [InlineData("promote")]
    [InlineData("rollback")]
    [InlineData("kill")]
    public async Task Change_OfAPlanThatWasReplaced_Is412AndChangesNothing(string verb)
    {
        await _edge.ChangeAsync("promote", Reason);

        using var response = await _edge.TryChangeAsync(verb, Reason, "\"1\"");

        (await ShouldBeProblemAsync(response, 412, "urn:strangler:stale")).ShouldBe("you looked at plan 1, but plan 2 is in force; look again");
        (await _edge.PlanAsync()).ShouldBe(2);
    }

    [Theory]
    [InlineData("promote", "{\"reason\":\"x\",\"stage\":\"read-canary\",\"share\":10}", 422, "next is shadow")]
    [InlineData("promote", "{\"reason\":\"x\",\"share\":10}", 422, "shadow takes no share")]
    [InlineData("rollback", "{\"reason\":\"x\"}", 422, "there is nothing below")]
    [InlineData("promote", "{\"reason\":\"x\",\"stage\":\"canary\"}", 400, "legal: legacy, shadow, read-canary, write-canary, new-primary, retired")]
    [InlineData("rollback", "{\"reason\":\"x\",\"stage\":\"\"}", 400, "legal: legacy, shadow")]
    [InlineData("promote", "{}", 400, "reason")]
    [InlineData("promote", "{\"reason\":\"  \"}", 400, "a reason is required")]
    [InlineData("kill", "{\"reason\":null}", 400, "reason")]
    [InlineData("promote", "", 400, "the body is not what this verb takes")]
    [InlineData("promote", "{\"reason\":", 400, "the body is not what this verb takes")]
    [InlineData("promote", "[]", 400, "the body is not what this verb takes")]
    [InlineData("promote", "null", 400, "the body is not what this verb takes")]
    [InlineData("promote", "{\"reason\":\"x\",\"share\":\"ten\"}", 400, "share")]
    [InlineData("promote", "{\"reason\":\"x\",\"stge\":\"shadow\"}", 400, "stge")]
    public async Task Change_ThatIsNotLegal_SaysWhatIs(string verb, string body, int status, string detail)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/admin/v1/capabilities/catalog:{verb}")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation("If-Match", "\"1\"");

        using var response = await _edge.Admin.SendAsync(request, Cancel);

        var type = status == 422 ? "urn:strangler:refused" : "urn:strangler:invalid";
        (await ShouldBeProblemAsync(response, status, type)).ShouldContain(detail);
        (await _edge.PlanAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Change_OfAnUnknownCapability_Is404WithTheLegalNames()
    {
        foreach (var verb in (string[])["promote", "rollback", "kill"])
        {
            using var response = await _edge.TryChangeAsync(verb, Reason, "\"1\"", "katalog");
            (await ShouldBeProblemAsync(response, 404, "urn:strangler:not-found")).ShouldBe("there is no capability 'katalog'; legal: catalog");
        }

        using var get = await _edge.Admin.GetAsync("/admin/v1/capabilities/katalog", Cancel);
        await ShouldBeProblemAsync(get, 404, "urn:strangler:not-found");
    }

    [Fact]
    public async Task Change_DryRun_SaysTheChangeAndDoesNotMakeIt()
    {
        using var response = await _edge.TryChangeAsync("promote", Reason, "\"1\"", query: "?dryRun=true");
        var answer = (await response.Content.ReadFromJsonAsync<JsonNode>(Cancel))!;

        answer["changes"]!.AsArray().Select(c => (string)c!).ShouldBe(["stage legacy -> shadow"]);
        ((long)answer["plan"]!, await _edge.PlanAsync()).ShouldBe((1, 1));
        ((string)(await _edge.CatalogAsync())["stage"]!).ShouldBe("legacy");
    }

    [Fact]
    public async Task Apply_RulesWithErrors_ListsAllAndKeepsTheRunningPlan()
    {
        await File.WriteAllTextAsync(_edge.RulesFile, "apiVersion: strangler/v1\nlegacy: { destinations: [] }\ncolour: blue\n", Cancel);

        using var response = await _edge.ApplyRulesAsync();

        var problem = JsonNode.Parse(await response.TextAsync())!;
        ((int)response.StatusCode, (string)problem["type"]!).ShouldBe((422, "urn:strangler:rules-invalid"));
        problem["errors"]!.AsArray().Select(e => $"{e!["line"]}:{e["column"]} {e["code"]}").ShouldBe(["2:25 bad-value", "3:1 unknown-key"]);
        (await _edge.PlanAsync()).ShouldBe(1);
        using var stillServed = await _edge.GetAsync("/api/products/X");
        stillServed.Decision("capability").ShouldBe("catalog");
    }

    [Fact]
    public async Task Apply_DryRun_ChangesNothing()
    {
        using var response = await _edge.ApplyRulesAsync("?dryRun=true");

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await _edge.PlanAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Restart_AfterChanges_StandsWhereItStood()
    {
        await _edge.ChangeAsync("promote", Reason);
        await _edge.ChangeAsync("promote", new { reason = "the reason", share = 12.5 });

        await _edge.RestartAsync();

        var catalog = await _edge.CatalogAsync();
        ((string)catalog["stage"]!, (double)catalog["share"]!).ShouldBe(("read-canary", 12.5));
        ((string)catalog["lastChange"]!["reason"]!, (string)catalog["lastChange"]!["verb"]!).ShouldBe(("the reason", "promote"));
        (await _edge.PlanAsync()).ShouldBe(3);
    }

    private static async Task<string> ShouldBeProblemAsync(HttpResponseMessage response, int status, string type)
    {
        var text = await response.TextAsync();
        ((int)response.StatusCode).ShouldBe(status, text);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        var problem = JsonNode.Parse(text)!;
        ((string)problem["type"]!, (int)problem["status"]!).ShouldBe((type, status));
        return (string)problem["detail"]!;
    }
}
