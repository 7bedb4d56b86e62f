using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Strangler.IntegrationTests.Cli;
using Strangler.Proxy.Shadow;

namespace Strangler.IntegrationTests.Shadow;

/// <summary>The gate over real traffic, asked by the built command: it must answer in both directions.</summary>
public sealed class GateTests
{
    private const int Seed = 20261121;
    private const int Requests = 9_000;
    private const string Traffic = "100%, control: 100%, max-rate: 100000, build: X-Build";
    private const string Gate = "    gate: { max-mismatch: 0.45% }";
    private static readonly ShadowOptions Options = new() { ControlConcurrency = 16, QueueLimit = 20_000, SecondLookLimit = 20_000, SecondLookConcurrency = 8 };

    [Fact]
    public async Task Gate_NoiseOfOnePercent_PassesAloneAndFailsWithADefectOnTop()
    {
        var defect = 0.0;
        await using var edge = await ShadowedEdge.StartAsync(
            context => AnswerAsync(context, defect: 0, "legacy"), context => AnswerAsync(context, defect, defect > 0 ? "new-2" : "new-1"), Options, sample: Traffic, rest: Gate);

        await AskAsync(edge, from: 0, 100);
        (await GateAsync(edge)).ShouldBe((5, "hold"), "too few");
        await AskAsync(edge, from: 100, Requests);
        (await GateAsync(edge)).ShouldBe((0, "pass"));
        (await CliProcess.RunAsync(edge.Variables, "diffs", "shop")).Out.ShouldContain("noise: legacy contradicts itself as often");

        // Another build begins anew: what was shown of the first says nothing of it.
        defect = 0.005;
        await AskAsync(edge, from: 100_000, Requests);
        var (exit, verdict) = await GateAsync(edge);
        exit.ShouldBe(5);
        verdict.ShouldNotBe("pass");
    }

    [Fact]
    public async Task Gate_ExpiredRule_Fails()
    {
        const string expired = """
                  - { path: "$.promo", ignore: [extra], reason: "new field", assignee: qa, expires: 2026-03-31 }
            """;
        await using var edge = await ShadowedEdge.StartAsync(Backend.Json("""{"price":1}"""), Backend.Json("""{"price":1}"""), Options, sample: Traffic, rest: expired + "\n    gate: { max-mismatch: 20% }");
        await AskAsync(edge, from: 0, 100);

        var run = await CliProcess.RunAsync(edge.Variables, "gate", "shop", "--as", "md");

        run.ExitCode.ShouldBe(5, run.Error);
        run.Out.ShouldContain("expired on 2026-03-31");
        run.Out.ShouldNotContain("mismatch up to");
    }

    [Fact]
    public async Task Gate_GroupNobodyHasLookedAt_HoldsUntilSomebodyHas()
    {
        await using var edge = await ShadowedEdge.StartAsync(
            Backend.Json("""{"price":1}"""), Backend.Json("""{"price":2}"""), Options, sample: Traffic, rest: "    gate: { no-new-groups: true }");
        await AskAsync(edge, from: 0, 5);
        (await CliProcess.RunAsync(edge.Variables, "gate", "shop", "--as", "md")).Out.ShouldContain("1 group of differences nobody has looked at, limit 0");
        (await CliProcess.RunAsync(edge.Variables, "promote", "shop", "--to", "read-canary", "--share", "1", "--reason", "x", "--yes")).ExitCode.ShouldBe(5);
        var fingerprint = edge.Groups.Single().Fingerprint;

        var ack = await CliProcess.RunAsync(edge.Variables, "diffs", "ack", fingerprint, "--reason", "twice the price is right", "--yes");

        ack.ExitCode.ShouldBe(0, ack.Error);
        (await GateAsync(edge)).ShouldBe((0, "pass"));
    }

    private static async Task<(int Exit, string Verdict)> GateAsync(ShadowedEdge edge)
    {
        var run = await CliProcess.RunAsync(edge.Variables, "gate", "shop", "-o", "json");
        TestContext.Current.TestOutputHelper?.WriteLine(run.Out + run.Error);
        return (run.ExitCode, (string)JsonNode.Parse(run.Out)!["verdict"]!);
    }

    private static async Task AskAsync(ShadowedEdge edge, int from, int count)
    {
        var ended = Ended(edge);
        await Parallel.ForEachAsync(Enumerable.Range(from, count), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (id, cancel) =>
            (await edge.Shoppers.GetAsync($"/things/{id}", cancel)).Dispose());
        await edge.AllEndedAsync(ended + count);
    }

    private static long Ended(ShadowedEdge edge) => edge.Evidence.Compared + edge.Evidence.Stale + edge.Evidence.Undetermined + edge.Evidence.Skipped.Values.Sum();

    // Each request decides for itself, so that the counts do not depend on the order in which answers come: half of the noise is in legacy's first
    // answer, half in whoever is asked after it.
    private static Task AnswerAsync(HttpContext context, double defect, string build)
    {
        var id = context.Request.Path.Value!.Split('/')[^1];
        var agent = context.Request.Headers.UserAgent.ToString();
        var who = build.StartsWith("new", StringComparison.Ordinal) ? "new" : agent.Length == 0 ? "first" : agent;
        var noisy = Share(id, who) < 0.005;
        var price = Share(id, "defect") < defect ? 2 : 1;
        context.Response.ContentType = "application/json";
        context.Response.Headers["X-Build"] = build;
        return context.Response.WriteAsync($$"""{"price":{{price}},"views":{{(noisy ? 7 : 5)}}}""", context.RequestAborted);
    }

    private static double Share(string id, string what) =>
        System.IO.Hashing.XxHash3.HashToUInt64(System.Text.Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Seed} {id} {what}"))) / (double)ulong.MaxValue;
}
