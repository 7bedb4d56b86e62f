using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Strangler.Proxy.Shadow;

namespace Strangler.IntegrationTests.Shadow;

/// <summary>What becomes of each kind of answer: docs/shadow.md has the same as a table.</summary>
public sealed class ContentTests
{
    private const int CaptureLimit = 10_000;

    private static readonly ShadowOptions Options = new() { CaptureLimit = CaptureLimit, WholeLimit = 200_000 };

    [Theory]
    [InlineData("json", "json", "equal")]
    [InlineData("json", "chunked", "equal")]
    [InlineData("json", "gzip", "equal")]
    [InlineData("gzip", "brotli", "equal")]
    [InlineData("no-content", "no-content", "equal")]
    [InlineData("no-content", "json", "different")]
    [InlineData("not-modified", "not-modified", "equal")]
    [InlineData("redirect", "redirect", "equal")]
    [InlineData("redirect", "redirect-elsewhere", "different")]
    [InlineData("html", "html", "equal")]
    [InlineData("html", "json", "different")]
    [InlineData("binary", "binary", "equal")]
    [InlineData("binary", "other-binary", "different")]
    [InlineData("json", "events", "different")]
    [InlineData("json", "drips-events", "different")]
    [InlineData("events", "events", "streaming")]
    [InlineData("grpc", "grpc", "streaming")]
    [InlineData("large", "large", "equal")]
    [InlineData("large", "other-large", "different")]
    [InlineData("large", "json", "different")]
    [InlineData("json", "large", "different")]
    [InlineData("large", "large-gzip", "size")]
    [InlineData("large-gzip", "large-gzip", "equal")]
    [InlineData("json", "bomb", "encoding")]
    [InlineData("bomb", "json", "encoding")]
    [InlineData("zstd", "json", "encoding")]
    [InlineData("huge", "huge", "size")]
    [InlineData("large", "huge", "different")]
    public async Task Get_EachKindOfAnswer_HasItsOutcomeAndTheClientGetsAllOfIt(string legacy, string @new, string expected)
    {
        await using var edge = await ShadowedEdge.StartAsync(Answer(legacy), Answer(@new), Options);
        using var direct = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(edge.Legacy.Address) };

        var through = await GetAsync(edge.Client);

        through.ShouldBe(await GetAsync(direct));
        await edge.AllEndedAsync(1);
        OutcomeOf(edge).ShouldBe(expected);
        await ShadowedEdge.UntilAsync(() => edge.BytesHeld == 0, () => "all memory to be given back");
    }

    [Fact]
    public async Task Head_IsCopiedAsHead()
    {
        await using var edge = await ShadowedEdge.StartAsync(Answer("json"), Answer("json"));
        using var request = new HttpRequestMessage(HttpMethod.Head, "/things/1");

        using var response = await edge.Client.SendAsync(request, TestContext.Current.CancellationToken);

        await edge.AllEndedAsync(1);
        edge.New.Seen.ShouldHaveSingleItem().Method.ShouldBe("HEAD");
        edge.Evidence.Equal.ShouldBe(1);
    }

    private static string OutcomeOf(ShadowedEdge edge)
    {
        var seen = edge.Evidence;
        if (seen.Equal == 1) return "equal";
        return seen.Different == 1 ? "different" : seen.Skipped.Keys.FirstOrDefault() ?? "nothing";
    }

    private static async Task<string> GetAsync(HttpClient client)
    {
        using var response = await client.GetAsync("/things/1", TestContext.Current.CancellationToken);
        var body = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        var hash = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(body));
        return $"{response.StatusCode} {response.Content.Headers.ContentType} {string.Join(',', response.Content.Headers.ContentEncoding)} {body.Length} {hash}";
    }

    private static RequestDelegate Answer(string kind) => kind switch
    {
        "json" => Send("application/json", """{"id":1}"""u8.ToArray()),
        "chunked" => async context =>
        {
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync("""{"id":""");
            await context.Response.Body.FlushAsync();
            await context.Response.WriteAsync("1}");
        },
        "gzip" => Send("application/json", Compress("""{"id":1}"""u8.ToArray(), "gzip"), "gzip"),
        "brotli" => Send("application/json", Compress("""{"id":1}"""u8.ToArray(), "br"), "br"),
        "zstd" => Send("application/json", [1, 2, 3], "zstd"),
        "bomb" => Send("application/json", Compress(new byte[1_000_000], "gzip"), "gzip"),
        "no-content" => Status(StatusCodes.Status204NoContent),
        "not-modified" => Status(StatusCodes.Status304NotModified),
        "redirect" => Status(StatusCodes.Status302Found, "/login"),
        "redirect-elsewhere" => Status(StatusCodes.Status302Found, "/elsewhere"),
        "html" => Send("text/html; charset=utf-8", "<p>hello"u8.ToArray()),
        "binary" => Send("image/png", Bytes(1, 5000)),
        "other-binary" => Send("image/png", Bytes(2, 5000)),
        "events" => Send("text/event-stream", "data: 1\n\n"u8.ToArray()),
        "drips-events" => async context =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync("data: 1\n\n");
            await Backend.Hang(context);
        },
        "grpc" => Send("application/grpc", [0, 0, 0, 0, 0]),
        "large" => Send("application/octet-stream", Bytes(1, 10 * CaptureLimit)),
        "other-large" => Send("application/octet-stream", Bytes(2, 10 * CaptureLimit)),
        "large-gzip" => Send("application/octet-stream", Compress(Bytes(1, 10 * CaptureLimit), "gzip"), "gzip"),
        "huge" => Send("application/octet-stream", Bytes(1, 50 * CaptureLimit)),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static RequestDelegate Status(int status, string? location = null) => context =>
    {
        context.Response.StatusCode = status;
        if (location is not null) context.Response.Headers.Location = location;
        return Task.CompletedTask;
    };

    private static RequestDelegate Send(string type, byte[] body, string? encoding = null) => async context =>
    {
        context.Response.ContentType = type;
        if (encoding is not null) context.Response.Headers.ContentEncoding = encoding;
        await context.Response.Body.WriteAsync(body);
    };

    private static byte[] Bytes(int seed, int count)
    {
        var bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private static byte[] Compress(byte[] body, string encoding)
    {
        using var compressed = new MemoryStream();
        using (Stream stream = encoding == "br" ? new BrotliStream(compressed, CompressionLevel.Fastest, leaveOpen: true) : new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            stream.Write(body);
        }

        return compressed.ToArray();
    }
}
