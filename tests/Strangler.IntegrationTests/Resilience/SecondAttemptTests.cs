using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Strangler.Core.Model;
using Strangler.IntegrationTests.Edge;
using Strangler.IntegrationTests.Sync;
using Strangler.Proxy.Resilience;
using Strangler.Proxy.Resilience.Bodies;

namespace Strangler.IntegrationTests.Resilience;

/// <summary>What the second attempt carries, what it costs, and when there is none.</summary>
public sealed class SecondAttemptTests
{
    private const string Deadline = "X-Time-Left";

    private static readonly string Large = new('x', RequestBody.KeptLength + 1);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(RequestBody.KeptLength)]
    public async Task Search_NewSideUnavailable_LegacyGetsTheWholeBody(int length)
    {
        await using var shop = await Shop.StartAsync(TestBackend.Text("down", 503));
        var body = new string('y', length);

        using var response = await shop.SendAsync(HttpMethod.Post, "search", new StringContent(body, Encoding.UTF8, "text/plain"));

        (response.StatusCode, await response.TextAsync()).ShouldBe((HttpStatusCode.OK, $"text/plain; charset=utf-8:{body}"));
    }

    [Fact]
    public async Task Search_LargeBodyThatNobodyHasRead_IsAskedOfLegacy()
    {
        await using var shop = await Shop.StartAsync(TestBackend.Text("never asked"));
        await shop.New.DieAsync();

        using var response = await shop.SendAsync(HttpMethod.Post, "search", new StringContent(Large, Encoding.UTF8, "text/plain"));

        (await response.TextAsync()).ShouldEndWith(Large);
    }

    [Fact]
    public async Task Search_LargeBodyThatTheNewSideHasRead_KeepsItsAnswer()
    {
        await using var shop = await Shop.StartAsync(async context =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null);
            await TestBackend.Text("down", 503)(context);
        });

        using var response = await shop.SendAsync(HttpMethod.Post, "search", new StringContent(Large));

        (response.StatusCode, await response.TextAsync()).ShouldBe((HttpStatusCode.ServiceUnavailable, "down"));
        shop.Legacy.Started.ShouldBe(0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Search_ClientWaitsForContinue_FallsBackWithItsBody(bool refused)
    {
        await using var shop = await Shop.StartAsync(TestBackend.Text("down", 503));
        if (refused) await shop.New.DieAsync();
        using var request = shop.Request(HttpMethod.Post, "search", new StringContent("wait for it", Encoding.UTF8, "text/plain"));
        request.Headers.ExpectContinue = true;

        using var response = await shop.Edge.SendAsync(request);

        (response.StatusCode, await response.TextAsync()).ShouldBe((HttpStatusCode.OK, "text/plain; charset=utf-8:wait for it"));
    }

    [Fact]
    public async Task Get_LegacyFailsToo_SaysSoAndIsAskedOnce()
    {
        await using var shop = await Shop.StartAsync(TestBackend.Reset, TestBackend.Text("legacy is down", 503));

        using var response = await shop.SendAsync(HttpMethod.Get, "read");

        (response.StatusCode, await response.TextAsync(), response.Decision("reason")).ShouldBe((HttpStatusCode.ServiceUnavailable, "legacy is down", "fallback"));
        shop.Legacy.Started.ShouldBe(1);
    }

    [Fact]
    public async Task Get_ClientGoesAwayWhileTheNewSideHangs_NobodyElseIsAsked()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var shop = await Shop.StartAsync(async context =>
        {
            asked.TrySetResult();
            await TestBackend.Hang(context);
        });
        using var client = new CancellationTokenSource();
        var sending = shop.Edge.Client.GetAsync($"{shop.Edge.Address}/a/read", client.Token);
        await asked.Task;

        await client.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(sending);
        var budget = shop.Edge.Part<FallbackBudgets>().Of("a");
        await Eventually.TrueAsync("the request is over", () => budget.Active == 0);
        (shop.Legacy.Started, budget.Running).ShouldBe((0, 0));
    }

    [Fact]
    public async Task Get_LegacyAtItsCapacity_IsRefusedWithTheNumbers()
    {
        await using var shop = await Shop.StartAsync(TestBackend.Text("down", 503), capacity: 1);
        var limits = shop.Edge.Part<LegacyCapacity>();
        for (var i = 0; i < 2; i++) limits.Count(1);

        using var response = await shop.SendAsync(HttpMethod.Get, "read");

        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        response.Headers.RetryAfter!.Delta.ShouldBe(Fallbacks.RetryAfter);
        response.Decision("reason").ShouldBe("no-fallback");
        ((string)JsonNode.Parse(await response.TextAsync())!["detail"]!).ShouldContain("its capacity is 1");
        shop.Legacy.Started.ShouldBe(0);
        (await shop.MetricsAsync()).ShouldContain("strangler_fallbacks_refused_total{capability=\"a\",reason=\"capacity\"} 1");
    }

    [Fact]
    public async Task Get_BudgetSpent_IsRefusedWithTheNumbersAndTheRestIsAnswered()
    {
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var shop = await Shop.StartAsync(TestBackend.Text("down", 503), async context =>
        {
            await go.Task;
            await context.Response.WriteAsync("legacy");
        });
        var sent = Enumerable.Range(0, 4).Select(_ => shop.SendAsync(HttpMethod.Get, "read")).ToList();

        var first = await Task.WhenAny(sent);
        go.SetResult();
        var answers = await Task.WhenAll(sent);

        using var refused = await first;
        refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        ((string)JsonNode.Parse(await refused.TextAsync())!["detail"]!).ShouldContain("limit 3 (20 % of 4, at least 3)");
        answers.Count(a => a.StatusCode == HttpStatusCode.OK).ShouldBe(3);
        shop.Legacy.Started.ShouldBe(3);
        foreach (var answer in answers) answer.Dispose();
        (await shop.MetricsAsync()).ShouldContain("strangler_fallbacks_refused_total{capability=\"a\",reason=\"budget\"} 1");
    }

    [Theory]
    [InlineData("read")]
    [InlineData("none")]
    public async Task AnyRequest_DeadlineOfTheRulesIsOver_Is504AndLegacyIsNotAsked(string operation)
    {
        await using var shop = await Shop.StartAsync(TestBackend.Hang, deadline: "200ms");

        using var response = await shop.SendAsync(operation == "read" ? HttpMethod.Get : HttpMethod.Post, operation);

        (response.StatusCode, response.Decision("reason")).ShouldBe((HttpStatusCode.GatewayTimeout, "no-fallback"));
        ((string)JsonNode.Parse(await response.TextAsync())!["detail"]!).ShouldContain("200 ms");
        shop.Legacy.Started.ShouldBe(0);
        (await shop.MetricsAsync()).ShouldContain("strangler_fallbacks_refused_total{capability=\"a\",reason=\"deadline\"} 1");
    }

    [Fact]
    public async Task Get_TrustedCallerWaitsLess_BothSidesAreToldWhatIsLeft()
    {
        await using var shop = await Shop.StartAsync(TestBackend.Text("down", 503), deadline: "60s");
        using var request = shop.Request(HttpMethod.Get, "read");
        request.Headers.Add(Deadline, "30000");

        using var response = await shop.Edge.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var (first, second) = (LeftAt(shop.New), LeftAt(shop.Legacy));
        first.ShouldBeInRange(1, 30_000);
        second.ShouldBeInRange(1, first);
    }

    [Theory]
    [InlineData("0", 504)]
    [InlineData("soon", 200)]
    public async Task Get_CallersTimeIsOddOrOver_IsNotPassedOn(string left, int status)
    {
        await using var shop = await Shop.StartAsync(TestBackend.Text("new"));
        using var request = shop.Request(HttpMethod.Get, "read");
        request.Headers.Add(Deadline, left);

        using var response = await shop.Edge.SendAsync(request);

        ((int)response.StatusCode).ShouldBe(status);
        shop.New.Seen.ShouldAllBe(seen => !seen.Headers.ContainsKey(Deadline));
    }

    [Fact]
    public async Task Get_AnswerHasBegunWithinTheDeadline_IsNotCut()
    {
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var shop = await Shop.StartAsync(async context =>
        {
            await context.Response.WriteAsync("slow");
            await context.Response.Body.FlushAsync();
            await go.Task;
            await context.Response.WriteAsync(" but whole");
        }, deadline: "300ms");
        using var response = await shop.SendAsync(HttpMethod.Get, "read");

        // A second request of the same deadline is cut after the first one's time was over.
        shop.New.Answer = TestBackend.Hang;
        using var cut = await shop.SendAsync(HttpMethod.Get, "read");
        go.SetResult();

        cut.StatusCode.ShouldBe(HttpStatusCode.GatewayTimeout);
        (await response.TextAsync()).ShouldBe("slow but whole");
    }

    private static int LeftAt(TestBackend side) => int.Parse(side.Seen.ShouldHaveSingleItem().Headers[Deadline], System.Globalization.CultureInfo.InvariantCulture);

    private sealed class Shop(TestBackend legacy, TestBackend @new, FaultEdge edge) : IAsyncDisposable
    {
        public TestBackend Legacy => legacy;

        public TestBackend New => @new;

        public FaultEdge Edge => edge;

        public static async Task<Shop> StartAsync(RequestDelegate @new, RequestDelegate? legacy = null, int? capacity = null, string? deadline = null)
        {
            var (old, fresh) = (await TestBackend.StartAsync(legacy ?? EchoAsync), await TestBackend.StartAsync(@new));
            var edge = await FaultEdge.StartAsync($$"""
                apiVersion: strangler/v1
                legacy: { destinations: ["{{old.Address}}"]{{(capacity is null ? "" : $", capacity: {capacity}")}} }
                deadline: { header: {{Deadline}}, from: [127.0.0.1] }
                capabilities:
                  a:
                    new: { destinations: ["{{fresh.Address}}"], timeout: 60s }
                    {{(deadline is null ? "" : $"deadline: {deadline}")}}
                    operations:
                      - { match: "GET /a/read", semantics: safe }
                      - { match: "POST /a/search", semantics: safe }
                      - { match: "POST /a/none", semantics: none, data: legacy }
                """, _ => new CapabilityState(Stage.ReadCanary, 100, Killed: false) { Everyone = true });
            return new Shop(old, fresh, edge);
        }

        public HttpRequestMessage Request(HttpMethod method, string operation, HttpContent? body = null) => new(method, $"{edge.Address}/a/{operation}") { Content = body };

        public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string operation, HttpContent? body = null)
        {
            using var request = Request(method, operation, body);
            return await edge.SendAsync(request);
        }

        public Task<string> MetricsAsync() => edge.Client.GetStringAsync($"{edge.Management}/metrics", TestContext.Current.CancellationToken);

        public async ValueTask DisposeAsync()
        {
            await edge.DisposeAsync();
            await @new.DisposeAsync();
            await legacy.DisposeAsync();
        }

        private static async Task EchoAsync(HttpContext context)
        {
            using var body = new StreamReader(context.Request.Body);
            await context.Response.WriteAsync($"{context.Request.ContentType}:{await body.ReadToEndAsync()}");
        }
    }
}
