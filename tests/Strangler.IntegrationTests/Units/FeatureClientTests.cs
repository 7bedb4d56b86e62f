using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Shouldly;
using Strangler.Core.Model;
using Strangler.Core.Routing;

namespace Strangler.IntegrationTests.Units;

/// <summary>An application of somebody else, in a process of its own, must get the answers that the edge gives.</summary>
public sealed class FeatureClientTests
{
    private const int Units = 20_000;
    private const string Features = "/admin/v1/features";
    private const string Letters = "abcXYZ0189-_.~ äöüßéñ漢字🛒%\t\"\\";

    // The test vector: on legacy at exactly this share.
    private const string Vector = "user-36";

    [Theory]
    [InlineData(98.3053808473)]
    [InlineData(37.5)]
    public async Task StockLibrary_TwentyThousandUnits_AnswersAsTheEdge(double share)
    {
        await using var edge = await UnitsEdge.StartAsync();
        edge.Stand(new CapabilityState(Stage.ReadCanary, share, Killed: false) { Include = new UnitSet(["unit-1"], []), Exclude = new UnitSet(["üñí 漢字"], []) });
        var units = SomeUnits().ToList();

        var answers = await AskAsync(edge, units);

        var (read, write) = (edge.Plan.FindOperation("GET /api/products/{sku}")!, edge.Plan.FindOperation("POST /api/products/{sku}")!);
        answers.Count.ShouldBe(Units);
        units.Zip(answers).Where(pair => pair.Second != $"{SideOf(read, pair.First)} {SideOf(write, pair.First)}").ShouldBeEmpty();
        answers[0].ShouldBe("legacy legacy");
        (answers.Count(a => a == "new legacy") / (double)Units * 100).ShouldBe(share, tolerance: 1.5);
        foreach (var unit in units.Take(20)) (await ExplainAsync(edge, unit)).ShouldBe(SideOf(read, unit), unit);
    }

    [Fact]
    public async Task Features_SamePlan_IsNotSentTwice()
    {
        await using var edge = await UnitsEdge.StartAsync();
        using var first = await edge.Admin.GetAsync(Features, TestContext.Current.CancellationToken);
        first.Headers.ETag.ShouldBe(new EntityTagHeaderValue($"\"{edge.Plan.Number}\""));

        (await StatusAsync(edge, first.Headers.ETag!)).ShouldBe(HttpStatusCode.NotModified);
        edge.Stand(new CapabilityState(Stage.ReadCanary, 60, Killed: false));
        (await StatusAsync(edge, first.Headers.ETag!)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Features_WithoutToken_Are401()
    {
        await using var edge = await UnitsEdge.StartAsync();
        using var nobody = new HttpClient { BaseAddress = edge.Admin.BaseAddress };

        using var response = await nobody.GetAsync(Features, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private static string SideOf(OperationPlan operation, string unit) => RouteDecision.ToName(Decider.Decide(operation, new Requester(unit)).Side);

    private static async Task<string> ExplainAsync(UnitsEdge edge, string unit)
    {
        var query = $"?method=GET&path=/api/products/X&unit={Uri.EscapeDataString(unit)}";
        using var answer = JsonDocument.Parse(await edge.Admin.GetStringAsync("/admin/v1/explain" + query, TestContext.Current.CancellationToken));
        return answer.RootElement.GetProperty("side").GetString()!;
    }

    private static async Task<HttpStatusCode> StatusAsync(UnitsEdge edge, EntityTagHeaderValue tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Features);
        request.Headers.IfNoneMatch.Add(tag);
        using var response = await edge.Admin.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    private static async Task<List<string>> AskAsync(UnitsEdge edge, List<string> units)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { ["FEATURES_TOKEN"] = UnitsEdge.Token },
        };
        foreach (var argument in (string[])[Path.Combine(AppContext.BaseDirectory, "Strangler.FeatureClient.dll"), $"{edge.Admin.BaseAddress}admin/v1/features", "catalog.read", "catalog.write"])
        {
            start.ArgumentList.Add(argument);
        }

        using var client = Process.Start(start)!;
        var output = client.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        foreach (var unit in units) await client.StandardInput.WriteLineAsync(JsonSerializer.Serialize(unit));
        client.StandardInput.Close();
        await client.WaitForExitAsync(TestContext.Current.CancellationToken);
        client.ExitCode.ShouldBe(0);
        return [.. (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim())];
    }

    // Whole characters only: JSON on the way to the client cannot carry half of one.
    private static IEnumerable<string> SomeUnits()
    {
        var letters = Letters.EnumerateRunes().Select(rune => rune.ToString()).ToArray();
        var random = new Random(36);
        string[] special = [Vector, "", " ", "üñí 漢字", "🛒", "\n", "a\nb"];
        foreach (var unit in special) yield return unit;
        for (var i = special.Length; i < Units; i++)
        {
            yield return i % 2 == 0
                ? string.Create(CultureInfo.InvariantCulture, $"unit-{i}")
                : string.Concat(Enumerable.Range(0, random.Next(1, 40)).Select(_ => letters[random.Next(letters.Length)]));
        }
    }
}
