using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Shouldly;

namespace Strangler.IntegrationTests.Edge;

/// <summary>What <c>explain</c> says must be what the edge does.</summary>
public sealed class ExplainTests
{
    private static readonly string[] Words = ["api", "API", "products", "files", "cart", "SKU-1", "a%20b", "a%2Fb", "%C3%BC", ""];
    private static readonly string[] Methods = ["GET", "GET", "GET", "HEAD", "POST"];

    [Fact]
    public async Task Explain_ThreeHundredRequests_AgreesWithWhatHappens()
    {
        await using var edge = await TestEdge.StartCanaryAsync(share: 50);
        var random = new Random(300);
        for (var i = 0; i < 300; i++)
        {
            var (method, target, session) = SomeRequest(random);
            var (legacyBefore, newBefore) = (edge.Legacy.Started, edge.New.Started);

            using var response = await edge.SendAsync(new HttpMethod(method), target, session);
            var explained = (await edge.Admin.GetFromJsonAsync<JsonNode>(
                $"/admin/v1/explain?method={method}&path={Uri.EscapeDataString(target)}&unit={session}", TestContext.Current.CancellationToken))!;

            var request = $"{method} {target} of {session}";
            (edge.Legacy.Started - legacyBefore, edge.New.Started - newBefore)
                .ShouldBe((string)explained["side"]! == "new" ? (0, 1) : (1, 0), request);
            var decision = explained["capability"] is null
                ? null
                : $"{explained["side"]};capability={explained["capability"]};stage={explained["stage"]};reason={explained["reason"]};plan={explained["plan"]}";
            response.Decision().ShouldBe(decision, request);
        }

        edge.New.Started.ShouldBeGreaterThan(20);
    }

    [Fact]
    public async Task Explain_UnitInsideTheShare_SaysWhereAndWhy()
    {
        await using var edge = await TestEdge.StartCanaryAsync(share: 50);
        var session = TestEdge.SessionAt(50, inside: true);

        var explained = (await edge.Admin.GetFromJsonAsync<JsonNode>(
            $"/admin/v1/explain?method=get&path=/api/products/X&unit={session}", TestContext.Current.CancellationToken))!;

        ((string)explained["target"]!).ShouldBe($"{edge.New.Address}/v1/products/X");
        ((string)explained["sentence"]!).ShouldBe(
            $"The unit's bucket is at {Math.Round((double)explained["bucketPercent"]!, 3):0.###} %, inside the share of 50 %, so it goes to the new side.");
    }

    [Theory]
    [InlineData("")]
    [InlineData("?method=GET")]
    [InlineData("?path=/")]
    [InlineData("?method=GET&path=products")]
    public async Task Explain_QueryIncomplete_Is400(string query)
    {
        await using var edge = await TestEdge.StartAsync();

        using var response = await edge.Admin.GetAsync("/admin/v1/explain" + query, TestContext.Current.CancellationToken);

        ((int)response.StatusCode).ShouldBe(400);
    }

    // Half of the requests are near to an operation, the others anywhere.
    private static (string Method, string Target, string Session) SomeRequest(Random random)
    {
        var start = random.Next(2) == 0 ? "/api/products" : "";
        var target = start + string.Concat(Enumerable.Range(0, random.Next(4)).Select(_ => "/" + Words[random.Next(Words.Length)]));
        return (Methods[random.Next(Methods.Length)], target.Length == 0 ? "/" : target, random.Next(5) == 0 ? "" : $"session-{random.Next(1000)}");
    }
}
