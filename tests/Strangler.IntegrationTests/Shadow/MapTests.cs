using Microsoft.AspNetCore.Http;
using Shouldly;
using Strangler.Core.Compare;

namespace Strangler.IntegrationTests.Shadow;

/// <summary>An object that turns out to be a map, over real traffic: its entries become one group.</summary>
public sealed class MapTests
{
    [Fact]
    public async Task Get_EachAnswerDiffersInAnotherEntry_EntriesBeyondTheLimitAreOneGroup()
    {
        const int More = 5;
        await using var edge = await ShadowedEdge.StartAsync(Stock(1), Stock(2), sample: "100%, max-rate: 10000");

        for (var i = 0; i < MapPaths.MaxFields + More; i++) (await edge.Client.GetAsync($"/things/{i}", TestContext.Current.CancellationToken)).Dispose();
        await edge.AllEndedAsync(MapPaths.MaxFields + More);

        await ShadowedEdge.UntilAsync(
            () => edge.Groups.Sum(group => group.Count) == MapPaths.MaxFields + More,
            () => $"all to be grouped; seen: {edge.Groups.Count} groups of {edge.Groups.Sum(group => group.Count)}");
        edge.Groups.Count.ShouldBe(MapPaths.MaxFields + 1);
        edge.Groups.Single(group => group.Path == "$.stock.*").Count.ShouldBe(More);
    }

    private static RequestDelegate Stock(int quantity) => context => Backend.Json($"{{\"stock\":{{\"SKU{context.Request.Path.Value!.Split('/')[^1]}\":{quantity}}}}}")(context);
}
