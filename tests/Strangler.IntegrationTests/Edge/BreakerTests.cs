using System.Net;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Strangler.IntegrationTests.Sync;

namespace Strangler.IntegrationTests.Edge;

/// <summary>What the breaker of the new side does to requests of shoppers.</summary>
public sealed class BreakerTests
{
    private const string Quick = "    breaker: { min-results: 5, window: 30s, pause: 1s, recover: 1s }";
    private const string Lasting = "    breaker: { min-results: 5, window: 30s, pause: 1h, recover: 1s }";

    [Fact]
    public async Task Get_NewSideIsDead_IsNoLongerAskedAndEveryRequestIsAnswered()
    {
        await using var edge = await StartAsync(Lasting, @new: TestBackend.Text("sorry", StatusCodes.Status503ServiceUnavailable));

        for (var i = 0; i < 20; i++) (await AskAsync(edge, "s")).Status.ShouldBe(HttpStatusCode.OK);

        // One more than it takes at least: with so few results chance could be the reason.
        edge.New.Started.ShouldBeInRange(5, 6);
        (await AskAsync(edge, "s")).ShouldBe((HttpStatusCode.OK, "legacy", "breaker-open"));
    }

    [Fact]
    public async Task Get_ServerErrors_OpenItAlthoughTheyArePassedThrough()
    {
        await using var edge = await StartAsync(Lasting, @new: TestBackend.Text("oops", StatusCodes.Status500InternalServerError));

        for (var i = 0; i < 5; i++) (await AskAsync(edge, "s")).Status.ShouldBe(HttpStatusCode.InternalServerError);

        (await AskAsync(edge, "s")).ShouldBe((HttpStatusCode.OK, "legacy", "breaker-open"));
    }

    [Fact]
    public async Task Get_NewSideComesBack_EverybodyIsLetInAgain()
    {
        await using var edge = await StartAsync(Quick);
        await edge.New.DieAsync();
        await Eventually.TrueAsync("the breaker opens", async () => (await AskAsync(edge, "s")).Reason == "breaker-open");

        await edge.New.ReviveAsync();

        await Eventually.TrueAsync("the shopper is on the new side again", async () => await AskAsync(edge, "s") == (HttpStatusCode.OK, "new", "everyone"));
        await Eventually.TrueAsync("clients without a unit, too", async () => await AskAsync(edge, null) == (HttpStatusCode.OK, "new", "everyone"));
    }

    [Fact]
    public async Task Get_ClientsHangUp_DoesNotOpenIt()
    {
        await using var edge = await StartAsync(Lasting, @new: TestBackend.Hang);
        for (var i = 0; i < 10; i++)
        {
            using var patience = new CancellationTokenSource();
            var asked = edge.New.Started;
            var request = edge.Client.GetAsync(edge.AddressOf("/api/products/X"), patience.Token);
            await Eventually.TrueAsync("the new side is asked", () => edge.New.Started == asked + 1);
            await patience.CancelAsync();
            await Should.ThrowAsync<OperationCanceledException>(request);
        }

        edge.New.Answer = TestBackend.Text("new");

        (await AskAsync(edge, "s")).ShouldBe((HttpStatusCode.OK, "new", "everyone"));
    }

    private static async Task<TestEdge> StartAsync(string breaker, RequestDelegate? @new = null)
    {
        var edge = await TestEdge.StartCanaryAsync(@new: @new);
        await File.WriteAllTextAsync(edge.RulesFile, edge.Rules(more: breaker));
        using var applied = await edge.ApplyRulesAsync();
        applied.StatusCode.ShouldBe(HttpStatusCode.OK);
        return edge;
    }

    private static async Task<(HttpStatusCode Status, string Body, string? Reason)> AskAsync(TestEdge edge, string? session)
    {
        using var response = await edge.GetAsync("/api/products/X", session);
        return (response.StatusCode, await response.TextAsync(), response.Decision("reason"));
    }
}
