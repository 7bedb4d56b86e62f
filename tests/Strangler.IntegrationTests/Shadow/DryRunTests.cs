using Microsoft.AspNetCore.Http;
using Shouldly;
using Strangler.Proxy.Shadow;

namespace Strangler.IntegrationTests.Shadow;

/// <summary>No write goes to the new side before it has shown that it rolls it back, nor after it has shown otherwise.</summary>
public sealed class DryRunTests
{
    private const string Body = """{"id":1}""";
    private const string Offer = """{"result":"rolled-back","marker":"Strangler-Shadow"}""";

    private static readonly ShadowOptions Quick = new() { HandshakePoll = TimeSpan.FromMilliseconds(20) };

    [Theory]
    [InlineData("off", Offer, "method")]
    [InlineData("dry-run", null, "no-handshake")]
    [InlineData("dry-run", "", "no-handshake")]
    [InlineData("dry-run", """{"result":"written","marker":"Strangler-Shadow"}""", "no-handshake")]
    [InlineData("dry-run", """{"result":"rolled-back","marker":"X-Other"}""", "no-handshake")]
    [InlineData("dry-run", "rolled-back", "no-handshake")]
    public async Task Post_WithoutHandshake_IsNeverCopied(string writes, string? offer, string reason)
    {
        var asked = 0;
        await using var edge = await StartAsync(writes, offer, onOffer: () => asked++);
        if (writes == "dry-run") await ShadowedEdge.UntilAsync(() => asked > 3, () => "the edge to have asked");

        for (var i = 0; i < 10; i++) await PostAsync(edge);

        await edge.AllEndedAsync(10);
        edge.Evidence.Skipped.ShouldBe(new Dictionary<string, long>(StringComparer.Ordinal) { [reason] = 10 });
        edge.New.Seen.ShouldAllBe(request => request.Method == "GET");
        edge.Legacy.Seen.Count.ShouldBe(10);
    }

    [Fact]
    public async Task Post_AfterTheHandshake_IsCopiedOnceMarkedAndWithAKeyOfItsOwn()
    {
        await using var edge = await StartAsync("dry-run", Offer, sample: "100%, control: 100%");
        await ShownAsync(edge);

        var before = Writes(edge).Count;
        await PostAsync(edge, key: "order-17");

        await ShadowedEdge.UntilAsync(() => Writes(edge).Count == before + 1, () => "the copy");
        await ShadowedEdge.UntilAsync(() => edge.Evidence.Skipped.Values.Sum() + edge.Evidence.Equal == edge.Legacy.Seen.Count, () => "all to end");
        var copy = Writes(edge)[^1];
        (copy.Target, copy.Body).ShouldBe(("/v2/things", "{}"));
        (copy.Headers["Strangler-Shadow"], copy.Headers["Idempotency-Key"], copy.Headers["Content-Type"]).ShouldBe(("1", "shadow-order-17", "application/json; charset=utf-8"));

        // Never asked a second time, neither to see noise nor for a second look; what the new side says to the edge is no difference.
        edge.Legacy.Seen.ShouldAllBe(request => !request.Headers.ContainsKey("Strangler-Shadow"));
        edge.Legacy.Seen.ShouldNotContain(request => request.Headers.GetValueOrDefault("User-Agent", "").Contains("strangler", StringComparison.Ordinal));
        edge.Evidence.Different.ShouldBe(0);
        edge.Evidence.Equal.ShouldBe(Writes(edge).Count);
    }

    [Fact]
    public async Task Post_AnswersDiffer_IsDifferentAfterOneLook()
    {
        await using var edge = await StartAsync("dry-run", Offer, answer: """{"id":2}""");
        await ShownAsync(edge);

        await ShadowedEdge.UntilAsync(() => edge.Evidence.Different > 0, () => "the difference");
        Writes(edge).ShouldAllBe(request => !request.IsSecondLook);
        edge.Legacy.Seen.ShouldNotContain(request => request.IsSecondLook);
    }

    [Fact]
    public async Task Post_AnswerDoesNotSayThatItWasRolledBack_IsTheLastOne()
    {
        var result = "rolled-back";
        var offer = Offer;
        await using var edge = await StartAsync("dry-run", () => offer, () => result);
        await ShownAsync(edge);

        await ShadowedEdge.UntilAsync(() => edge.Evidence.Skipped.Values.Sum() + edge.Evidence.Compared == edge.Legacy.Seen.Count, () => "all to end");
        (result, offer) = ("", "{}");
        var before = Writes(edge).Count;
        for (var i = 0; i < 10; i++)
        {
            await PostAsync(edge);
            await ShadowedEdge.UntilAsync(() => edge.Evidence.Skipped.Values.Sum() + edge.Evidence.Compared == edge.Legacy.Seen.Count, () => "all to end");
        }

        (Writes(edge).Count - before).ShouldBeLessThanOrEqualTo(1);
        edge.Evidence.Different.ShouldBe(0);
    }

    [Fact]
    public async Task Post_NewSideHangs_IsGivenUpAndMustShowItAgain()
    {
        var hangs = false;
        var offer = Offer;
        await using var edge = await StartAsync("dry-run", () => offer, () => "rolled-back", () => hangs, new ShadowOptions { Timeout = TimeSpan.FromMilliseconds(200), HandshakePoll = TimeSpan.FromMilliseconds(20) });
        await ShownAsync(edge);

        (hangs, offer) = (true, "{}");
        await PostAsync(edge);
        await ShadowedEdge.UntilAsync(() => edge.Evidence.Skipped.Values.Sum() + edge.Evidence.Compared == edge.Legacy.Seen.Count, () => "the copy to end");
        var seen = Writes(edge).Count;
        for (var i = 0; i < 5; i++) await PostAsync(edge);

        await ShadowedEdge.UntilAsync(() => edge.Evidence.Skipped.Values.Sum() + edge.Evidence.Compared == edge.Legacy.Seen.Count, () => "all to end");
        Writes(edge).Count.ShouldBe(seen);
        await ShadowedEdge.UntilAsync(() => edge.BytesHeld == 0, () => "all memory to be given back");
    }

    private static List<SeenRequest> Writes(ShadowedEdge edge) => [.. edge.New.Seen.Where(request => request.Method == "POST")];

    // The first handshake comes some time after the stage.
    private static Task ShownAsync(ShadowedEdge edge) => ShadowedEdge.UntilAsync(
        () =>
        {
            PostAsync(edge).GetAwaiter().GetResult();
            return Writes(edge).Count > 0;
        },
        () => "the handshake");

    private static async Task PostAsync(ShadowedEdge edge, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/things") { Content = new StringContent("{}", System.Text.Encoding.UTF8, "application/json") };
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        (await edge.Client.SendAsync(request, TestContext.Current.CancellationToken)).Dispose();
    }

    private static Task<ShadowedEdge> StartAsync(string writes, string? offer, Action? onOffer = null, string answer = Body, string sample = "100%") =>
        StartAsync(writes, () =>
        {
            onOffer?.Invoke();
            return offer;
        }, () => "rolled-back", answer: answer, sample: sample);

    private static Task<ShadowedEdge> StartAsync(
        string writes, Func<string?> offer, Func<string> result, Func<bool>? hangs = null, ShadowOptions? options = null, string answer = Body, string sample = "100%") =>
        ShadowedEdge.StartAsync(
            Backend.Json(Body),
            context =>
            {
                if (context.Request.Path == "/.well-known/dry-run") return offer() is { } text ? Backend.Json(text)(context) : Backend.Json("{}", StatusCodes.Status404NotFound)(context);
                if (hangs?.Invoke() == true) return Backend.Hang(context);
                if (result() is { Length: > 0 } said) context.Response.Headers["Dry-Run"] = said;
                return Backend.Json(answer)(context);
            },
            options ?? Quick,
            sample: $"{sample}, writes: {writes}");
}
