using System.Net;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Shouldly;
using Strangler.IntegrationTests.Edge;
using Strangler.IntegrationTests.Sync;
using Strangler.Proxy;
using Strangler.Proxy.Resilience.Limits;
using Strangler.Proxy.Resilience.LongLived;

namespace Strangler.IntegrationTests.Overload;

/// <summary>Connections that outlive a flip: they keep their side, hold nobody up, and are ended in a way that their clients understand.</summary>
public sealed class LongLivedTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(300);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WebSocket_FlippedAway_IsNotWaitedForAndIsClosedAsARestart()
    {
        var atBackend = new TaskCompletionSource<int?>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var edge = await TestEdge.StartCanaryAsync(@new: context => EchoAsync(context, atBackend));
        edge.Part<StranglerOptions>().CloseAfterFlip = Soon;
        using var socket = await ConnectAsync(edge);
        (await SayAsync(socket, "one")).ShouldBe("one");
        edge.Part<ConcurrencyLimits>().NewSides.Single().Value.Held.ShouldBe(0, "an open socket is no work");

        var answer = await edge.ChangeAsync("kill", new { reason = "test" });

        ((long)answer["inFlight"]!).ShouldBe(0);
        var buffer = new byte[100];
        var result = await socket.ReceiveAsync(buffer, Cancel);
        (result.MessageType, (int?)result.CloseStatus).ShouldBe((WebSocketMessageType.Close, 1012));
        await socket.CloseOutputAsync(result.CloseStatus!.Value, null, Cancel);
        (await atBackend.Task.WaitAsync(Cancel)).ShouldBe(1012);
        await Eventually.TrueAsync("nothing to be left", () => edge.Part<LongLivedConnections>().Count == 0);
    }

    [Fact]
    public async Task WebSocket_PlanChangesButNotItsSide_LivesOn()
    {
        await using var edge = await TestEdge.StartCanaryAsync(@new: context => EchoAsync(context, new()));
        edge.Part<StranglerOptions>().CloseAfterFlip = TimeSpan.Zero;
        using var socket = await ConnectAsync(edge);

        await edge.ChangeAsync("hold", new { reason = "test" });
        await edge.ChangeAsync("release", new { reason = "test" });

        (await SayAsync(socket, "still here")).ShouldBe("still here");
        edge.Part<LongLivedConnections>().Count.ShouldBe(1);
    }

    [Fact]
    public async Task WebSocket_ClientIsSentBackInTime_LivesOn()
    {
        await using var edge = await TestEdge.StartCanaryAsync(@new: context => EchoAsync(context, new()));
        edge.Part<StranglerOptions>().CloseAfterFlip = TimeSpan.FromHours(1);
        using var socket = await ConnectAsync(edge);
        await edge.ChangeAsync("exclude", new { units = new[] { "shopper" }, reason = "test" });
        (await SayAsync(socket, "one")).ShouldBe("one");

        using var other = await ConnectAsync(edge, "somebody-else");
        (await SayAsync(other, "two")).ShouldBe("two");
        edge.Part<LongLivedConnections>().Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("text/event-stream")]
    [InlineData("application/json, text/event-stream")]
    public async Task EventStream_FlippedAway_EndsAfterTheEventThatHasBegun(string accept)
    {
        var halfIsSent = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var more = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var sideIsTold = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var edge = await TestEdge.StartCanaryAsync(@new: async context =>
        {
            await using var told = context.RequestAborted.Register(sideIsTold.SetResult);
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync("data: one\n\ndata: tw");
            await context.Response.Body.FlushAsync();
            halfIsSent.SetResult();
            await more.Task;
            await context.Response.WriteAsync("o\n\ndata: three\n\ndata: fo");
            await context.Response.Body.FlushAsync();
            await sideIsTold.Task;
        });
        edge.Part<StranglerOptions>().CloseAfterFlip = TimeSpan.Zero;
        using var request = new HttpRequestMessage(HttpMethod.Get, edge.AddressOf("/api/products/events"));
        request.Headers.TryAddWithoutValidation("Accept", accept);
        using var response = await edge.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
        await halfIsSent.Task.WaitAsync(Cancel);
        await Eventually.TrueAsync("the stream to be known", () => edge.Part<LongLivedConnections>().Count == 1);

        var answer = await edge.ChangeAsync("kill", new { reason = "test" });
        ((long)answer["inFlight"]!).ShouldBe(0);
        await Eventually.TrueAsync("its end to be set", () => edge.Part<LongLivedConnections>().Ending == 1);
        more.SetResult();

        (await response.Content.ReadAsStringAsync(Cancel)).ShouldBe("data: one\n\ndata: two\n\n");
        await sideIsTold.Task.WaitAsync(Cancel);
        var status = await edge.CatalogAsync();
        ((long)status["sides"]!["new"]!["errors"]!).ShouldBe(0);
    }

    [Fact]
    public async Task EventStream_BetweenTwoEvents_EndsAtOnce()
    {
        await using var edge = await TestEdge.StartCanaryAsync(@new: async context =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync("data: one\n\n");
            await context.Response.Body.FlushAsync();
            await TestBackend.Hang(context);
        });
        edge.Part<StranglerOptions>().CloseAfterFlip = TimeSpan.Zero;
        using var request = new HttpRequestMessage(HttpMethod.Get, edge.AddressOf("/api/products/events"));
        request.Headers.TryAddWithoutValidation("Accept", "text/event-stream");
        using var response = await edge.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
        await Eventually.TrueAsync("the stream to be known", () => edge.Part<LongLivedConnections>().Count == 1);

        await edge.ChangeAsync("kill", new { reason = "test" });

        (await response.Content.ReadAsStringAsync(Cancel)).ShouldBe("data: one\n\n");
    }

    [Fact]
    public async Task Download_FlippedAway_IsBrokenOffAtItsAge()
    {
        await using var edge = await TestEdge.StartCanaryAsync(@new: async context =>
        {
            context.Response.ContentLength = LongLivedConnections.Download;
            await context.Response.WriteAsync("the beginning");
            await context.Response.Body.FlushAsync();
            await TestBackend.Hang(context);
        }, timeout: "1h");
        edge.Part<StranglerOptions>().CloseAfterFlip = Soon;
        using var response = await edge.Client.GetAsync(edge.AddressOf("/api/files/video"), HttpCompletionOption.ResponseHeadersRead, Cancel);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);

        await edge.ChangeAsync("kill", new { reason = "test" });

        await Should.ThrowAsync<HttpRequestException>(() => response.Content.ReadAsByteArrayAsync(Cancel));
        await Eventually.TrueAsync("nothing to be left", () => edge.Part<LongLivedConnections>().Count == 0);
    }

    private static async Task<ClientWebSocket> ConnectAsync(TestEdge edge, string session = "shopper")
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Cookie", $"LegacySession={session}");
        await socket.ConnectAsync(new UriBuilder(edge.AddressOf("/api/products/live")) { Scheme = "ws" }.Uri, Cancel);
        return socket;
    }

    private static async Task<string> SayAsync(ClientWebSocket socket, string text)
    {
        await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, Cancel);
        var buffer = new byte[100];
        var result = await socket.ReceiveAsync(buffer, Cancel);
        return Encoding.UTF8.GetString(buffer, 0, result.Count);
    }

    // Sends back what it gets, until it is told to close.
    private static async Task EchoAsync(HttpContext context, TaskCompletionSource<int?> closed)
    {
        var key = context.Request.Headers.SecWebSocketKey + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
#pragma warning disable CA5350 // RFC 6455 says SHA-1; nothing depends on its strength.
        context.Response.Headers.SecWebSocketAccept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key)));
#pragma warning restore CA5350
        context.Response.Headers.Upgrade = "websocket";
        await using var stream = await context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
        using var socket = WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { IsServer = true });
        var buffer = new byte[100];
        while (true)
        {
            var got = await socket.ReceiveAsync(buffer, context.RequestAborted);
            if (got.MessageType == WebSocketMessageType.Close)
            {
                closed.TrySetResult((int?)got.CloseStatus);
                await socket.CloseOutputAsync(got.CloseStatus!.Value, null, context.RequestAborted);
                return;
            }

            await socket.SendAsync(buffer.AsMemory(0, got.Count), got.MessageType, got.EndOfMessage, context.RequestAborted);
        }
    }
}
