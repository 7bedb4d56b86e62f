using System.Collections.Concurrent;
using System.Globalization;
using Shouldly;
using Strangler.Core.Model;
using Strangler.Core.Routing;
using Strangler.IntegrationTests.Sync;

namespace Strangler.IntegrationTests.Edge;

/// <summary>Changes while requests are under way.</summary>
public sealed class FlipTests
{
    [Fact]
    public async Task Changes_UnderLoad_FailNoRequestAndEachIsDecidedByOnePlan()
    {
        await using var edge = await TestEdge.StartAsync();
        var states = new Dictionary<long, CapabilityState> { [1] = CapabilityState.Initial };
        var answers = new ConcurrentQueue<(string Session, string Side, string Decision)>();
        using var stop = new CancellationTokenSource();
        var shoppers = Enumerable.Range(0, 8).Select(number => ShopAsync(edge, $"session-{number}", answers, stop.Token)).ToArray();

        await ChangeAsync("promote", new { reason = "test" });
        foreach (var share in (double[])[20, 50, 80, 100]) await ChangeAsync("promote", new { reason = "test", share });
        await ChangeAsync("kill", new { reason = "test" });
        await ChangeAsync("rollback", new { reason = "test", stage = "shadow" });
        await ChangeAsync("promote", new { reason = "test", share = 40 });
        await ChangeAsync("rollback", new { reason = "test", stage = "legacy" });
        await stop.CancelAsync();
        await Task.WhenAll(shoppers);

        foreach (var (session, side, decision) in answers)
        {
            var plan = long.Parse(decision[(decision.LastIndexOf('=') + 1)..], CultureInfo.InvariantCulture);
            decision.ShouldBe(Expected(plan, states[plan], session));
            decision.ShouldStartWith(side + ";");
        }

        answers.Select(a => a.Side).Distinct().Order(StringComparer.Ordinal).ShouldBe(["legacy", "new"]);
        (edge.Legacy.Started + edge.New.Started).ShouldBe(answers.Count);

        async Task ChangeAsync(string verb, object body)
        {
            var answer = await edge.ChangeAsync(verb, body);
            var capability = answer["capability"]!;
            StageNames.TryParse((string)capability["stage"]!, out var stage).ShouldBeTrue();
            states[(long)answer["plan"]!] = new CapabilityState(stage, (double)capability["share"]!, (bool)capability["killed"]!);
            var before = answers.Count;
            await Eventually.TrueAsync("some requests under the new plan", () => answers.Count >= before + 16);
        }
    }

    [Fact]
    public async Task Kill_RequestOnNewSide_AnswersOnlyAfterItAndLetsNoneStartLater()
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var edge = await TestEdge.StartCanaryAsync(@new: async context =>
        {
            await release.Task;
            await TestBackend.Text("new")(context);
        });
        var held = edge.GetAsync("/api/products/X");
        await Eventually.TrueAsync("the request on the new side", () => edge.New.Started == 1);

        var kill = edge.ChangeAsync("kill", new { reason = "test" });
        await Eventually.TrueAsync("the kill in force", async () => (bool)(await edge.CatalogAsync())["killed"]!);
        using (var during = await edge.GetAsync("/api/products/X")) during.Decision("reason").ShouldBe("killed");
        kill.IsCompleted.ShouldBeFalse();
        release.SetResult();
        var answer = await kill;
        var startedBefore = edge.New.Started;
        for (var i = 0; i < 20; i++) (await edge.GetAsync("/api/products/X")).Dispose();

        ((long)answer["inFlight"]!).ShouldBe(0);
        (await (await held).TextAsync()).ShouldBe("new");
        (startedBefore, edge.New.Started).ShouldBe((1, 1));
    }

    [Fact]
    public async Task Kill_UnderLoad_NoNewSideRequestStartsAfterItsAnswer()
    {
        await using var edge = await TestEdge.StartCanaryAsync();
        using var stop = new CancellationTokenSource();
        var answers = new ConcurrentQueue<(string Session, string Side, string Decision)>();
        var shoppers = Enumerable.Range(0, 8).Select(number => ShopAsync(edge, $"session-{number}", answers, stop.Token)).ToArray();
        await Eventually.TrueAsync("traffic on the new side", () => edge.New.Started > 50);

        await edge.ChangeAsync("kill", new { reason = "test" });
        var atTheAnswer = edge.New.Started;
        var before = answers.Count;
        await Eventually.TrueAsync("traffic after the kill", () => answers.Count > before + 100);
        await stop.CancelAsync();
        await Task.WhenAll(shoppers);

        edge.New.Started.ShouldBe(atTheAnswer);
    }

    private static string Expected(long plan, CapabilityState state, string session)
    {
        var (side, reason) = state switch
        {
            { Killed: true } => ("legacy", "killed"),
            { Stage: not Stage.ReadCanary } => ("legacy", "stage"),
            { Share: 100 } => ("new", "inside-share"),
            _ when Bucket.Of(session, "catalog") < Bucket.Edge(state.Share) => ("new", "inside-share"),
            _ => ("legacy", "outside-share"),
        };
        return $"{side};capability=catalog;stage={state.Stage.ToName()};reason={reason};plan={plan}";
    }

    // One shopper who reads product pages one after another. Any answer but 200 fails the test.
    private static async Task ShopAsync(
        TestEdge edge, string session, ConcurrentQueue<(string Session, string Side, string Decision)> answers, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            using var response = await edge.GetAsync("/api/products/X", session);
            response.EnsureSuccessStatusCode();
            answers.Enqueue((session, await response.TextAsync(), response.Decision()!));
        }
    }
}
