using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Strangler.IntegrationTests.Edge;
using Strangler.IntegrationTests.Sync;
using Strangler.Proxy.Resilience.Limits;

namespace Strangler.IntegrationTests.Overload;

/// <summary>What happens when a side has as many requests as it can do.</summary>
public sealed class LimitTests
{
    [Fact]
    public async Task Get_SlowCapabilityHoldsItsShareOfLegacy_IsRefusedAndOthersAreAnswered()
    {
        var gate = new Gate();
        await using var edge = await TestEdge.StartAsync(legacy: context =>
            context.Request.Path.StartsWithSegments("/api/products", StringComparison.Ordinal) ? gate.AnswerAsync(context) : TestBackend.Text("quick")(context));
        await edge.UseRulesAsync(rules => rules
            .Replace("legacy: {", "legacy: { max-concurrency: 4,", StringComparison.Ordinal)
            .Replace("  catalog:\n", "  catalog:\n    bulkhead: 50%\n", StringComparison.Ordinal));
        var slow = new[] { edge.GetAsync("/api/products/1"), edge.GetAsync("/api/products/2") };
        await Eventually.TrueAsync("both to be at legacy", () => gate.Waiting == 2);

        using var refused = await edge.GetAsync("/api/products/3");
        using var other = await edge.GetAsync("/checkout");

        refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        refused.Headers.GetValues("Retry-After").ShouldBe(["1"]);
        refused.Headers.GetValues(TestEdge.Decision).ShouldBe(["legacy;capability=catalog;stage=legacy;reason=overload;plan=2"]);
        refused.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        var problem = (await refused.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken))!;
        ((int?)problem["status"]).ShouldBe(503);
        ((string?)problem["detail"]).ShouldBe("The monolith has 2 requests, limit 4, of which priority normal may fill 3 and 'catalog' may hold 2, of which it has 2: ask again in 1 s.");
        (await other.TextAsync()).ShouldBe("quick");

        gate.Open();
        foreach (var response in await Task.WhenAll(slow)) (await response.TextAsync()).ShouldBe("late");
        using var again = await edge.GetAsync("/api/products/4");
        again.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Get_LegacyFull_ShedsWhatIsLowBeforeWhatIsHigh()
    {
        var gate = new Gate();
        await using var edge = await TestEdge.StartAsync(legacy: context =>
            context.Request.Path.StartsWithSegments("/slow", StringComparison.Ordinal) ? gate.AnswerAsync(context) : TestBackend.Text("quick")(context));
        var rules = (string priority) => edge.UseRulesAsync(text => text
            .Replace("legacy: {", "legacy: { max-concurrency: 5,", StringComparison.Ordinal)
            .Replace("  catalog:\n", $"  catalog:\n    priority: {priority}\n    bulkhead: 100%\n", StringComparison.Ordinal));
        await rules("low");
        var slow = Enumerable.Range(0, 3).Select(_ => edge.GetAsync("/slow")).ToArray();
        await Eventually.TrueAsync("legacy to be three fifths full", () => gate.Waiting == 3);

        using var low = await edge.GetAsync("/api/products/1");
        await rules("high");
        using var high = await edge.GetAsync("/api/products/1");

        (low.StatusCode, high.StatusCode).ShouldBe((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK));
        gate.Open();
        await Task.WhenAll(slow);
    }

    [Fact]
    public async Task Get_NewSideFull_IsAnsweredByLegacy()
    {
        var gate = new Gate();
        await using var edge = await TestEdge.StartCanaryAsync(@new: gate.AnswerAsync);
        await edge.UseRulesAsync(rules => rules.Replace("new: { destinations", "new: { max-concurrency: 1, destinations", StringComparison.Ordinal));
        var slow = edge.GetAsync("/api/products/1");
        await Eventually.TrueAsync("it to be at the new side", () => gate.Waiting == 1);

        using var next = await edge.GetAsync("/api/products/2");

        (await next.TextAsync(), next.Decision("reason")).ShouldBe(("legacy", "fallback"));
        gate.Open();
        (await (await slow).TextAsync()).ShouldBe("late");
        edge.New.Started.ShouldBe(1);
    }

    [Fact]
    public async Task Get_ClientsGoAway_GiveTheirPlacesBack()
    {
        await using var edge = await TestEdge.StartAsync(legacy: TestBackend.Hang);
        await edge.UseRulesAsync(rules => rules.Replace("legacy: {", "legacy: { max-concurrency: 10,", StringComparison.Ordinal));
        using var gone = new CancellationTokenSource();
        var requests = Enumerable.Range(0, 9).Select(_ => edge.Client.GetAsync(edge.AddressOf("/slow"), gone.Token)).ToArray();
        await Eventually.TrueAsync("nine to be at legacy", () => edge.Part<ConcurrencyLimits>().Legacy.Held == 9);

        await gone.CancelAsync();

        await Eventually.TrueAsync("nobody to be at legacy", () => edge.Part<ConcurrencyLimits>().Legacy.Held == 0);
        await Should.ThrowAsync<OperationCanceledException>(() => Task.WhenAll(requests));
        edge.Part<ConcurrencyLimits>().Legacy.ShareOf(ConcurrencyLimits.Unclaimed).Samples.ShouldBe(0);
    }

    [Fact]
    public async Task Post_ClientIsSlowWithItsBody_SaysNothingOfTheLatency()
    {
        await using var edge = await TestEdge.StartAsync();
        var share = edge.Part<ConcurrencyLimits>().Legacy.ShareOf(ConcurrencyLimits.Unclaimed);
        var address = edge.AddressOf("/form");
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"POST /form HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Length: 10\r\n\r\nhalf"), TestContext.Current.CancellationToken);
            await Eventually.TrueAsync("legacy to have answered before the body was there", () => edge.Legacy.Started == 1);
        }

        await Eventually.TrueAsync("the request to be over", () => edge.Part<ConcurrencyLimits>().Legacy.Held == 0);
        share.Samples.ShouldBe(0);
        using var whole = await edge.Client.PostAsync(address, new StringContent("0123456789"), TestContext.Current.CancellationToken);
        await Eventually.TrueAsync("the latency of a whole request to be taken", () => share.Samples == 1);
    }
}
