using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Strangler.Proxy.Shadow;

namespace Strangler.IntegrationTests.Shadow;

/// <summary>Whatever the new side does, the client gets legacy's answer, and the shadow stays within its bounds.</summary>
public sealed class PrimaryUntouchedTests
{
    private const int Requests = 30;
    private const string Body = """{"id":1,"price":19.90}""";

    private static readonly ShadowOptions Tight = new()
    {
        Timeout = TimeSpan.FromMilliseconds(200),
        Concurrency = 2,
        QueueLimit = 5,
        CaptureLimit = 64 * 1024,
        WholeLimit = 1024 * 1024,
    };

    [Theory]
    [InlineData("hangs", "timeout")]
    [InlineData("resets", "reset")]
    [InlineData("drips", "timeout")]
    [InlineData("huge", "too-large")]
    [InlineData("bomb", null)]
    public async Task Get_NewSideMisbehaves_ClientGetsLegacysAnswerAndEveryRequestIsCounted(string behaviour, string? failure)
    {
        await using var edge = await ShadowedEdge.StartAsync(Backend.Json(Body), Misbehave(behaviour), Tight);

        await GetAllAsync(edge);

        await edge.AllEndedAsync(Requests);
        await EverythingReturnedAsync(edge);
        edge.Evidence.Equal.ShouldBe(0);
        edge.New.Seen.Count.ShouldBeLessThanOrEqualTo(Requests);
        if (failure is null)
        {
            edge.Evidence.Skipped.ContainsKey("encoding").ShouldBeTrue();
            return;
        }

        var group = edge.Groups.ShouldHaveSingleItem();
        (group.Kind, group.Path, group.Sample.New).ShouldBe(("no-answer", "answer", failure));
        (group.Count + edge.Evidence.Skipped.GetValueOrDefault("queue-full") + edge.Evidence.Skipped.GetValueOrDefault("breaker-open")).ShouldBe(Requests);

        // Whoever does not answer is soon left alone; whoever answers too much has answered.
        if (failure != "too-large") group.Count.ShouldBeLessThan(Requests / 2);
    }

    [Fact]
    public async Task Get_NewSideRefuses_ClientGetsLegacysAnswer()
    {
        using var nobody = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        nobody.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        await using var edge = await ShadowedEdge.StartAsync(
            Backend.Json(Body), Backend.Json(Body), newAddress: $"http://{nobody.LocalEndPoint}");

        await GetAllAsync(edge);

        await edge.AllEndedAsync(Requests);
        edge.Evidence.Different.ShouldBeGreaterThanOrEqualTo(edge.Options.BreakerFailures);
        (edge.Evidence.Different + edge.Evidence.Skipped["breaker-open"]).ShouldBe(Requests);
        edge.Groups.ShouldHaveSingleItem().Sample.New.ShouldBe("refused");
    }

    [Fact]
    public async Task Get_NewSideHangsAndQueueIsFull_DropsAreCountedAndMemoryIsBounded()
    {
        await using var edge = await ShadowedEdge.StartAsync(Backend.Json(Body), Backend.Hang, Tight with { Timeout = TimeSpan.FromMinutes(1) });

        await GetAllAsync(edge);

        // Two copies are under way, half of the queue waits, for it is the share of one capability: the rest was dropped, and nobody waited for anything.
        await ShadowedEdge.UntilAsync(() => edge.Evidence.Skipped.GetValueOrDefault("queue-full") == Requests - 2 - (Tight.QueueLimit / 2), () => "drops");
        edge.Waiting.ShouldBe(Tight.QueueLimit / 2);
        edge.Evidence.Compared.ShouldBe(0);
        edge.New.Seen.Count.ShouldBe(2);
        edge.BytesHeld.ShouldBeInRange(1, 4 * 4096);
    }

    [Fact]
    public async Task Get_NoMemoryLeft_CaptureIsGivenUp()
    {
        await using var edge = await ShadowedEdge.StartAsync(Backend.Json(Body), Backend.Json(Body), new ShadowOptions { MemoryLimit = 3000 });

        await GetAllAsync(edge);

        await edge.AllEndedAsync(Requests);
        edge.Evidence.Skipped.ShouldBe(new Dictionary<string, long>(StringComparer.Ordinal) { ["bytes-full"] = Requests });
        await EverythingReturnedAsync(edge);
    }

    [Fact]
    public async Task Get_TenOnOneConnectionWhileTheShadowHangs_NoneWaitsForIt()
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var order = new System.Collections.Concurrent.ConcurrentQueue<string>();
        await using var edge = await ShadowedEdge.StartAsync(Backend.Json(Body), async context =>
        {
            await release.Task;
            order.Enqueue("copy");
            await Backend.Json(Body)(context);
        }, new ShadowOptions { Timeout = TimeSpan.FromMinutes(1) });

        for (var i = 0; i < 10; i++)
        {
            using var response = await edge.Client.GetAsync("/things/1", TestContext.Current.CancellationToken);
            (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe(Body);
            order.Enqueue("primary");
            if (i == 0) await ShadowedEdge.UntilAsync(() => edge.New.Seen.Count == 1, () => "the first copy to be under way");
        }

        release.SetResult();
        await edge.AllEndedAsync(10);
        edge.Evidence.Equal.ShouldBe(10);
        order.ShouldBe([.. Enumerable.Repeat("primary", 10), .. Enumerable.Repeat("copy", 10)]);
    }

    private static async Task GetAllAsync(ShadowedEdge edge)
    {
        for (var i = 0; i < Requests; i++)
        {
            using var response = await edge.Client.GetAsync("/things/1", TestContext.Current.CancellationToken);
            response.StatusCode.ShouldBe(HttpStatusCode.OK);
            response.Content.Headers.ContentType!.ToString().ShouldBe("application/json");
            (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe(Body);
        }
    }

    private static Task EverythingReturnedAsync(ShadowedEdge edge) =>
        ShadowedEdge.UntilAsync(() => edge.BytesHeld == 0, () => $"all memory to be given back; held: {edge.BytesHeld}");

    private static RequestDelegate Misbehave(string behaviour) => behaviour switch
    {
        "hangs" => Backend.Hang,
        "resets" => context =>
        {
            context.Abort();
            return Task.CompletedTask;
        },
        "drips" => async context =>
        {
            await context.Response.WriteAsync("{", context.RequestAborted);
            await Backend.Hang(context);
        },
        "huge" => async context =>
        {
            var chunk = new byte[64 * 1024];
            while (!context.RequestAborted.IsCancellationRequested) await context.Response.Body.WriteAsync(chunk, context.RequestAborted);
        },
        "bomb" => async context =>
        {
            context.Response.ContentType = "application/json";
            context.Response.Headers.ContentEncoding = "gzip";
            await using var gzip = new GZipStream(context.Response.Body, CompressionLevel.SmallestSize);
            var zeros = Encoding.ASCII.GetBytes(new string('0', 1024 * 1024));
            for (var i = 0; i < 20; i++) await gzip.WriteAsync(zeros, context.RequestAborted);
        },
        _ => throw new ArgumentOutOfRangeException(nameof(behaviour)),
    };

}
