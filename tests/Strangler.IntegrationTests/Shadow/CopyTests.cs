using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Strangler.Proxy.Shadow;

namespace Strangler.IntegrationTests.Shadow;

/// <summary>What is copied, how the copy looks, and what is skipped for which reason.</summary>
public sealed class CopyTests
{
    private const string Body = """{"id":1}""";

    [Fact]
    public async Task Get_InTheSample_IsCopiedOnceWithItsMarkAndWithoutCredentials()
    {
        await using var edge = await ShadowedEdge.StartAsync(Backend.Json(Body), Backend.Json(Body));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/things/a%20b%2Fc?q=%C3%A4&x=1");
        request.Headers.Add("Strangler-Shadow", "1");
        request.Headers.Add("Authorization", "Bearer secret");
        request.Headers.Add("Cookie", "Session=secret");
        request.Headers.Add("User-Agent", "shopper-17");
        request.Headers.Add("Accept-Language", "de");
        request.Headers.Host = "shop.example";

        using var response = await edge.Client.SendAsync(request, TestContext.Current.CancellationToken);

        await edge.AllEndedAsync(1);
        edge.Evidence.Equal.ShouldBe(1);
        var primary = edge.Legacy.Seen.ShouldHaveSingleItem();
        primary.Headers.ContainsKey("Strangler-Shadow").ShouldBeFalse();
        var copy = edge.New.Seen.ShouldHaveSingleItem();
        copy.Target.ShouldBe("/v2/things/a%20b%2Fc?q=%C3%A4&x=1");
        copy.Headers["Strangler-Shadow"].ShouldBe("1");
        copy.Headers["User-Agent"].ShouldBe("shopper-17");
        copy.Headers["Accept-Language"].ShouldBe("de");
        copy.Headers["Host"].ShouldBe("shop.example");
        copy.Headers.ContainsKey("Authorization").ShouldBeFalse();
        copy.Headers.ContainsKey("Cookie").ShouldBeFalse();
    }

    [Fact]
    public async Task Get_RulesNameACookie_CopyAndSecondLookCarryItAlone()
    {
        RequestDelegate whose = context => context.Response.WriteAsJsonAsync(new { of = context.Request.Headers.Cookie.ToString() == "Session=17" ? 17 : 0 });
        await using var edge = await ShadowedEdge.StartAsync(
            context => context.Response.WriteAsJsonAsync(new { of = context.Request.Headers.Cookie.ToString().Contains("Session=17", StringComparison.Ordinal) ? 17 : 0 }),
            whose,
            sample: "100%, cookie: Session");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/things/1");
        request.Headers.Add("Cookie", "Other=x; Session=17; Session2=y");

        using var response = await edge.Client.SendAsync(request, TestContext.Current.CancellationToken);

        await edge.AllEndedAsync(1);
        edge.Evidence.Equal.ShouldBe(1);
        edge.New.Seen.ShouldHaveSingleItem().Headers["Cookie"].ShouldBe("Session=17");
    }

    [Fact]
    public async Task Get_Redirect_IsComparedAndNotFollowed()
    {
        RequestDelegate redirect = context =>
        {
            context.Response.Redirect($"http://{context.Request.Host}/login");
            return Task.CompletedTask;
        };
        await using var edge = await ShadowedEdge.StartAsync(redirect, redirect);

        using var response = await edge.Client.GetAsync("/things/1", TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        await edge.AllEndedAsync(1);
        edge.Evidence.Equal.ShouldBe(1);
        edge.New.Seen.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Get_QuarterSampled_CopiesExactlyAQuarter()
    {
        await using var edge = await ShadowedEdge.StartAsync(Backend.Json(Body), Backend.Json(Body), sample: "25%, floor: 0");

        for (var i = 0; i < 40; i++) (await edge.Client.GetAsync("/things/1", TestContext.Current.CancellationToken)).Dispose();

        await edge.AllEndedAsync(40);
        (edge.Evidence.Equal, edge.Evidence.Skipped["sampled-out"], edge.New.Seen.Count).ShouldBe((10, 30, 10));
    }

    [Fact]
    public async Task Get_CompressedDifferentlyOnBothSides_IsEqual()
    {
        static RequestDelegate Gzip(CompressionLevel level) => async context =>
        {
            context.Response.ContentType = "application/json";
            context.Response.Headers.ContentEncoding = "gzip";
            await using var gzip = new GZipStream(context.Response.Body, level);
            await gzip.WriteAsync(Encoding.UTF8.GetBytes("""{"text":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}"""));
        };
        await using var edge = await ShadowedEdge.StartAsync(Gzip(CompressionLevel.SmallestSize), Gzip(CompressionLevel.NoCompression));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/things/1");
        request.Headers.Add("Accept-Encoding", "gzip");

        using var response = await edge.Client.SendAsync(request, TestContext.Current.CancellationToken);

        response.Content.Headers.ContentEncoding.ShouldBe(["gzip"]);
        await edge.AllEndedAsync(1);
        edge.Evidence.Equal.ShouldBe(1);
    }

    [Theory]
    [InlineData("conditional")]
    [InlineData("range")]
    [InlineData("upgrade")]
    [InlineData("size")]
    [InlineData("streaming")]
    [InlineData("primary-error")]
    [InlineData("client-abort")]
    public async Task Request_ThatCannotBeCompared_IsSkippedWithItsReason(string reason)
    {
        await using var edge = await ShadowedEdge.StartAsync(LegacyFor(reason), Backend.Json(Body), new ShadowOptions { CaptureLimit = 1000, WholeLimit = 4000 });
        using var request = new HttpRequestMessage(HttpMethod.Get, "/things/1");
        var expected = reason;
        if (reason == "conditional") request.Headers.Add("If-None-Match", "\"1\"");
        if (reason == "range") (expected, request.Headers.Range) = ("conditional", new(0, 10));
        if (reason == "upgrade")
        {
            request.Headers.Connection.Add("Upgrade");
            request.Headers.Upgrade.Add(new("websocket"));
        }


        using (var response = await edge.Client.SendAsync(
            request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken))
        {
            if (reason == "size") (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Length.ShouldBe(5000);
        }

        await edge.AllEndedAsync(1);
        edge.Evidence.Skipped.ShouldBe(new Dictionary<string, long>(StringComparer.Ordinal) { [expected] = 1 });
        edge.New.Seen.ShouldBeEmpty();
        await ShadowedEdge.UntilAsync(() => edge.BytesHeld == 0, () => "all memory to be given back");
    }

    [Fact]
    public async Task Post_IsForwardedAndNeverCopied()
    {
        await using var edge = await ShadowedEdge.StartAsync(Backend.Json(Body, StatusCodes.Status201Created), Backend.Json(Body));

        using var response = await edge.Client.PostAsync("/things", new StringContent("{}"), TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        await edge.AllEndedAsync(1);
        edge.Evidence.Skipped.ShouldBe(new Dictionary<string, long>(StringComparer.Ordinal) { ["method"] = 1 });
        edge.New.Seen.ShouldBeEmpty();
    }

    [Fact]
    public async Task Kill_WithCopiesWaiting_NoneStartsAfterItsAcknowledgement()
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var edge = await ShadowedEdge.StartAsync(Backend.Json(Body), async context =>
        {
            await release.Task;
            await Backend.Json(Body)(context);
        }, new ShadowOptions { Concurrency = 1, Timeout = TimeSpan.FromMinutes(1) });
        for (var i = 0; i < 10; i++) (await edge.Client.GetAsync("/things/1", TestContext.Current.CancellationToken)).Dispose();
        await ShadowedEdge.UntilAsync(() => edge.New.Seen.Count == 1, () => "the first copy to be under way");

        // It is acknowledged only when the copy that is under way has ended.
        var killed = edge.KillAsync();
        await ShadowedEdge.UntilAsync(() => edge.IsKilled, () => "the kill to be in force");
        killed.IsCompleted.ShouldBeFalse();
        release.SetResult();
        await killed;
        for (var i = 0; i < 5; i++) (await edge.Client.GetAsync("/things/1", TestContext.Current.CancellationToken)).Dispose();

        await edge.AllEndedAsync(15);
        edge.New.Seen.Count.ShouldBe(1);
        edge.Evidence.Skipped.ShouldBe(new Dictionary<string, long>(StringComparer.Ordinal) { ["killed"] = 14 });
    }

    private static RequestDelegate LegacyFor(string reason) => reason switch
    {
        "size" => context => context.Response.WriteAsync(new string('x', 5000)),
        "primary-error" => Backend.Json(Body, StatusCodes.Status500InternalServerError),
        "streaming" => context =>
        {
            context.Response.ContentType = "text/event-stream";
            return context.Response.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"data: {1}\n\n"));
        },
        "client-abort" => async context =>
        {
            await context.Response.WriteAsync("{");
            await context.Response.Body.FlushAsync();
            var gone = new TaskCompletionSource();
            context.RequestAborted.Register(gone.SetResult);
            await gone.Task;
        },
        _ => Backend.Json(Body),
    };
}
