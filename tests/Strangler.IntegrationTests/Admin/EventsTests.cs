using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;
using Shouldly;
using Strangler.IntegrationTests.Edge;
using Strangler.Proxy.Admin.Events;

namespace Strangler.IntegrationTests.Admin;

public sealed class EventsTests : IAsyncLifetime
{
    private TestEdge _edge = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _edge = await TestEdge.StartAsync();

    public ValueTask DisposeAsync() => _edge.DisposeAsync();

    [Fact]
    public async Task Events_OverASocket_TellAPlanWithActorAndChanges()
    {
        await using var events = await ListenAsync(null);
        var first = await NextAsync(events, "status");
        first.EventId.ShouldBe("1");

        await _edge.ChangeAsync("promote", new { reason = "x" });

        var plan = await NextAsync(events, "plan");
        plan.EventId.ShouldBe("2");
        var data = JsonNode.Parse(plan.Data)!;
        ((long)data["plan"]!, (string)data["actor"]!, (string)data["changes"]![0]!).ShouldBe((2, "bootstrap", "stage legacy -> shadow"));
        ((long)JsonNode.Parse((await NextAsync(events, "status")).Data)!["plan"]!).ShouldBe(2);
    }

    [Fact]
    public async Task Events_Resumed_BeginWithThePlansThatWereMissed()
    {
        await _edge.ChangeAsync("promote", new { reason = "x" });
        await _edge.ChangeAsync("promote", new { reason = "x", share = 10 });
        await _edge.ChangeAsync("kill", new { reason = "x" });

        await using var events = await ListenAsync("2");

        var (third, fourth) = (await NextAsync(events), await NextAsync(events));
        ((third.EventType, third.EventId), (fourth.EventType, fourth.EventId)).ShouldBe((("plan", "3"), ("plan", "4")));
        (await NextAsync(events)).EventType.ShouldBe("status");
    }

    [Theory]
    [InlineData("99")]
    public async Task Events_ResumedFromAPlanThatIsNotKnown_BeginWithResync(string last)
    {
        await using var events = await ListenAsync(last);

        var first = await NextAsync(events);

        (first.EventType, first.EventId).ShouldBe(("resync", "1"));
    }

    [Fact]
    public async Task Events_TooManyListeners_Are503()
    {
        var open = new List<HttpResponseMessage>();
        try
        {
            for (var i = 0; i < EventHub.MaxListeners; i++) open.Add(await _edge.Admin.SendJsonAsync(HttpMethod.Get, "/admin/v1/events", null));
            open.ShouldAllBe(response => (int)response.StatusCode == 200);

            using var refused = await _edge.Admin.SendJsonAsync(HttpMethod.Get, "/admin/v1/events", null);

            await refused.ShouldBeAsync(503, "unavailable");
        }
        finally
        {
            foreach (var response in open) response.Dispose();
        }

        await Sync.Eventually.TrueAsync("room again", async () =>
        {
            using var response = await _edge.Admin.SendJsonAsync(HttpMethod.Get, "/admin/v1/events", null);
            return (int)response.StatusCode == 200;
        });
    }

    [Fact]
    public async Task Events_ListenerThatIsTooSlow_IsDroppedAndToldToResyncNextTime()
    {
        var hub = _edge.Part<EventHub>();
        hub.TryEnter("bootstrap", out var slow, out _).ShouldBeTrue();
        while (slow!.TryAdd(EventText.Heartbeat))
        {
            // Nobody takes them.
        }

        slow.Dropped.IsCancellationRequested.ShouldBeTrue();
        hub.Leave(slow);

        await using var back = await ListenAsync("1");
        await using var again = await ListenAsync("1");

        (await NextAsync(back)).EventType.ShouldBe("resync");
        (await NextAsync(again)).EventType.ShouldBe("status");
    }

    private async Task<IAsyncEnumerator<SseItem<string>>> ListenAsync(string? last)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/admin/v1/events");
        if (last is not null) request.Headers.Add("Last-Event-ID", last);
        var response = await _edge.Admin.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        return SseParser.Create(await response.Content.ReadAsStreamAsync(Cancel)).EnumerateAsync(Cancel).GetAsyncEnumerator(Cancel);
    }

    private static async Task<SseItem<string>> NextAsync(IAsyncEnumerator<SseItem<string>> events, string? type = null)
    {
        do
        {
            (await events.MoveNextAsync()).ShouldBeTrue();
        }
        while (type is not null && events.Current.EventType != type);

        return events.Current;
    }
}
