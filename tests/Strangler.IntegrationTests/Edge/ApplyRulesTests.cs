using System.Net;
using Shouldly;
using Strangler.IntegrationTests.Sync;

namespace Strangler.IntegrationTests.Edge;

public sealed class ApplyRulesTests
{
    [Fact]
    public async Task Apply_GoodRulesUnderLoad_TakeEffectAndFailNoRequest()
    {
        await using var edge = await TestEdge.StartCanaryAsync();
        using var stop = new CancellationTokenSource();
        var served = 0;
        var shoppers = Enumerable.Range(0, 4).Select(async _ =>
        {
            while (!stop.IsCancellationRequested)
            {
                using var response = await edge.GetAsync("/api/products/X");
                response.EnsureSuccessStatusCode();
                Interlocked.Increment(ref served);
            }
        }).ToArray();

        for (var version = 2; version <= 6; version++)
        {
            await File.WriteAllTextAsync(
                edge.RulesFile, edge.Rules().Replace("/v1/", $"/v{version}/", StringComparison.Ordinal), TestContext.Current.CancellationToken);
            using var applied = await edge.ApplyRulesAsync();
            applied.StatusCode.ShouldBe(HttpStatusCode.OK, await applied.TextAsync());
            await Eventually.TrueAsync("the new rules to be obeyed", () => edge.New.Seen[^1].Target == $"/v{version}/products/X");
        }

        await stop.CancelAsync();
        await Task.WhenAll(shoppers);
        served.ShouldBe(edge.Legacy.Started + edge.New.Started);
    }

    [Fact]
    public async Task Apply_OnlyWarnings_TakesTheRulesAndSaysThem()
    {
        await using var edge = await TestEdge.StartAsync();
        var before = await edge.PlanAsync();
        await File.WriteAllTextAsync(edge.RulesFile, edge.Rules(more: "    shadow: { sample: 0%, control: 5% }"), TestContext.Current.CancellationToken);

        using var applied = await edge.ApplyRulesAsync();

        applied.StatusCode.ShouldBe(HttpStatusCode.OK, await applied.TextAsync());
        (await applied.TextAsync()).ShouldContain("warning conflict ");
        (await edge.PlanAsync()).ShouldBe(before + 1);
    }

    [Fact]
    public async Task Apply_RulesThatDropAndAddCapabilities_RouteByTheNewOnes()
    {
        await using var edge = await TestEdge.StartCanaryAsync();
        await File.WriteAllTextAsync(edge.RulesFile, $$"""
            apiVersion: strangler/v1
            legacy: { destinations: ["{{edge.Legacy.Address}}"] }
            capabilities:
              search:
                new: { destinations: ["{{edge.New.Address}}"] }
                operations: [ { match: "GET /api/search", semantics: safe } ]
            """, TestContext.Current.CancellationToken);

        using var applied = await edge.ApplyRulesAsync();

        applied.StatusCode.ShouldBe(HttpStatusCode.OK, await applied.TextAsync());
        await Eventually.TrueAsync("the new capability", async () =>
        {
            using var response = await edge.GetAsync("/api/search");
            return response.Decision()?.StartsWith("legacy;capability=search;stage=legacy;", StringComparison.Ordinal) == true;
        });
        using var dropped = await edge.GetAsync("/api/products/X");
        dropped.Decision().ShouldBeNull();
        (await dropped.TextAsync()).ShouldBe("legacy");
    }
}
