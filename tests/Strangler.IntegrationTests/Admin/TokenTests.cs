using System.Text.Json.Nodes;
using Shouldly;
using Strangler.IntegrationTests.Edge;

namespace Strangler.IntegrationTests.Admin;

public sealed class TokenTests : IAsyncLifetime
{
    private TestEdge _edge = null!;

    public async ValueTask InitializeAsync() => _edge = await TestEdge.StartAsync();

    public ValueTask DisposeAsync() => _edge.DisposeAsync();

    [Fact]
    public async Task Token_CreatedUsedAndRevoked_IsTheActorUntilThen()
    {
        using var mia = await _edge.OperatorAsync("mia", "migrator");
        using var promoted = await _edge.PostAsync("/admin/v1/capabilities/catalog:promote", new { reason = "x" }, "\"2\"", by: mia);
        await promoted.ShouldBeAsync(200);
        ((string)(await _edge.CatalogAsync())["lastChange"]!["actor"]!).ShouldBe("mia");

        await _edge.RestartAsync();
        mia.Dispose();
        using var again = _edge.WithToken(mia.DefaultRequestHeaders.Authorization!.Parameter!);
        (await again.JsonAsync("/admin/v1/capabilities/catalog"))["name"]!.GetValue<string>().ShouldBe("catalog");

        using var revoked = await _edge.Admin.SendJsonAsync(HttpMethod.Delete, "/admin/v1/tokens/mia?reason=left", null, "*");
        await revoked.ShouldBeAsync(200);
        using var refused = await again.SendJsonAsync(HttpMethod.Get, "/admin/v1/capabilities", null);
        await refused.ShouldBeAsync(401, "unauthorized");
        var log = (await _edge.Admin.JsonAsync("/admin/v1/audit"))["entries"]!.AsArray();
        log.Select(e => $"{e!["actor"]} {e["verb"]} {string.Join(';', e["changes"]!.AsArray())}").ShouldBe(
        [
            $"edge apply rules read from {_edge.RulesFile}",
            "bootstrap token token mia: role migrator, never expires",
            "mia promote stage legacy -> shadow",
            "bootstrap token token mia: revoked",
        ]);
    }

    [Fact]
    public async Task Token_Created_IsKeptNowhereInClear()
    {
        using var response = await _edge.PostAsync("/admin/v1/tokens", new { reason = "x", name = "ci", role = "viewer", expiresInSeconds = 86400 }, "*");
        var answer = await response.ShouldBeAsync(200);
        var secret = (string)answer["secret"]!;

        secret.ShouldStartWith("stg_");
        secret.Length.ShouldBe(4 + 43);
        foreach (var file in Directory.GetFiles(_edge.Folder, "*", SearchOption.AllDirectories))
        {
            (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).ShouldNotContain(secret[4..]);
        }

        var listed = (await _edge.Admin.JsonAsync("/admin/v1/tokens"))["tokens"]!.AsArray().ShouldHaveSingleItem()!.AsObject();
        listed.Select(m => m.Key).ShouldBe(["name", "role", "createdAt", "expiresAt", "expired"]);
        ((bool)listed["expired"]!).ShouldBeFalse();
        (await _edge.Admin.JsonAsync("/admin/v1/plans/2")).ToJsonString().ShouldNotContain("hash", Case.Insensitive);
    }

    [Theory]
    [InlineData("""{"reason":"x","name":"Bad Name","role":"viewer"}""", 400, "invalid")]
    [InlineData("""{"reason":"x","name":"bootstrap","role":"viewer"}""", 400, "invalid")]
    [InlineData("""{"reason":"x","name":"a","role":"root"}""", 400, "invalid")]
    [InlineData("""{"reason":"x","name":"a","role":"viewer","expiresInSeconds":0}""", 400, "invalid")]
    [InlineData("""{"reason":"","name":"a","role":"viewer"}""", 400, "invalid")]
    [InlineData("""{"reason":"x","name":"taken","role":"viewer"}""", 409, "conflict")]
    public async Task Create_NotPossible_SaysWhy(string body, int status, string type)
    {
        using var taken = await _edge.OperatorAsync("taken", "viewer");

        using var response = await _edge.PostAsync("/admin/v1/tokens", JsonNode.Parse(body)!, "*");

        await response.ShouldBeAsync(status, type);
        (await _edge.PlanAsync()).ShouldBe(2);
    }

    [Fact]
    public async Task Revoke_UnknownName_Is404()
    {
        using var response = await _edge.Admin.SendJsonAsync(HttpMethod.Delete, "/admin/v1/tokens/nobody?reason=x", null, "*");

        await response.ShouldBeAsync(404, "not-found");
    }
}
