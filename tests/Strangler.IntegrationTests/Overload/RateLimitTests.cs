using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Shouldly;
using Strangler.IntegrationTests.Edge;

namespace Strangler.IntegrationTests.Overload;

public sealed class RateLimitTests
{
    [Fact]
    public async Task Get_ClientAsksTooMuch_IsToldWhenToComeAgainAndOthersAreAnswered()
    {
        await using var edge = await TestEdge.StartAsync();
        await edge.UseRulesAsync(rules => "rate-limit: { rate: 1, burst: 3 }\n" + rules);
        for (var i = 0; i < 3; i++) (await edge.GetAsync("/api/products/1", "greedy")).StatusCode.ShouldBe(HttpStatusCode.OK);

        using var refused = await edge.GetAsync("/api/products/1", "greedy");
        using var unclaimed = await edge.GetAsync("/other", "greedy");
        using var other = await edge.GetAsync("/api/products/1", "modest");

        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        int.Parse(refused.Headers.GetValues("Retry-After").Single()).ShouldBeInRange(1, 3);
        var problem = (await refused.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken))!;
        ((string?)problem["detail"])!.ShouldStartWith("One client may ask 1 times a second, 3 times at once, and has asked more; ask again in ");
        unclaimed.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        other.StatusCode.ShouldBe(HttpStatusCode.OK);
        edge.Legacy.Started.ShouldBe(4);
    }

    [Fact]
    public async Task Get_ClientsWithoutIdentity_ShareTheBucketOfTheirAddress()
    {
        await using var edge = await TestEdge.StartAsync();
        await edge.UseRulesAsync(rules => "rate-limit: { rate: 1, burst: 2 }\n" + rules);

        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 3; i++) statuses.Add((await edge.GetAsync("/api/products/1")).StatusCode);

        statuses.ShouldBe([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests]);
    }

    [Fact]
    public async Task Get_NoRateLimitInTheRules_LimitsNobody()
    {
        await using var edge = await TestEdge.StartAsync();

        for (var i = 0; i < 50; i++) (await edge.GetAsync("/api/products/1", "greedy")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
