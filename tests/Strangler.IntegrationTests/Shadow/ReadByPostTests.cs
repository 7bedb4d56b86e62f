using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Shouldly;

namespace Strangler.IntegrationTests.Shadow;

/// <summary>Reads that come as POST: declared safe, or GraphQL that holds nothing but a query.</summary>
public sealed class ReadByPostTests
{
    private const string Operations = """
              - { match: "POST /search", new: "POST /v2/search", semantics: safe }
              - { match: "POST /graphql", semantics: none, graphql: query }
              - { match: "GET /graphql", semantics: none, graphql: query }
        """;

    [Fact]
    public async Task Post_DeclaredSafe_IsCopiedWithItsBodyAndTypeAndAskedAgain()
    {
        const string Body = "q=l%C3%A4mp&page=2";
        await using var edge = await ShadowedEdge.StartAsync(Echo, Echo, operations: Operations, sample: "100%, control: 100%");

        using var response = await edge.Client.PostAsync(
            "/search?sort=price", new StringContent(Body, Encoding.UTF8, "application/x-www-form-urlencoded"), TestContext.Current.CancellationToken);

        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("mp&page=2");
        await edge.AllEndedAsync(1);
        edge.Evidence.Equal.ShouldBe(1);
        var copy = edge.New.Seen.ShouldHaveSingleItem();
        (copy.Method, copy.Target, copy.Body).ShouldBe(("POST", "/v2/search?sort=price", Body));
        copy.Headers["Content-Type"].ShouldBe("application/x-www-form-urlencoded; charset=utf-8");
        edge.Legacy.Seen.Select(request => request.Body).ShouldBe([Body, Body]);
    }

    [Fact]
    public async Task Post_BodyBeyondTheLimit_ReachesLegacyWholeAndIsNotCopied()
    {
        var body = new string('x', 300_000);
        await using var edge = await ShadowedEdge.StartAsync(Echo, Echo, operations: Operations);

        // With a length that is known beforehand, and without.
        using var known = await edge.Client.PostAsync("/search", new StringContent(body), TestContext.Current.CancellationToken);
        using var chunked = new HttpRequestMessage(HttpMethod.Post, "/search") { Content = new StringContent(body) };
        chunked.Headers.TransferEncodingChunked = true;
        using var unknown = await edge.Client.SendAsync(chunked, TestContext.Current.CancellationToken);

        await edge.AllEndedAsync(2);
        edge.Legacy.Seen.Select(request => request.Body.Length).ShouldBe([body.Length, body.Length]);
        edge.Evidence.Skipped.ShouldBe(new Dictionary<string, long>(StringComparer.Ordinal) { ["request-size"] = 2 });
        edge.New.Seen.ShouldBeEmpty();
        await ShadowedEdge.UntilAsync(() => edge.BytesHeld == 0, () => "all memory to be given back");
    }

    [Fact]
    public async Task Post_BodyDripsIn_IsForwardedWhileItComesAndCopied()
    {
        // Beyond what a client's connection holds back.
        var first = new string('x', 30_000);
        var more = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var firstSeen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var edge = await ShadowedEdge.StartAsync(Backend.Json("{}"), Backend.Json("{}"), operations: Operations);
        edge.Legacy.BeforeBody = async context =>
        {
            context.Request.EnableBuffering();
            await context.Request.Body.ReadExactlyAsync(new byte[1000], context.RequestAborted);
            context.Request.Body.Position = 0;
            firstSeen.SetResult();
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/search") { Content = new TwoParts(first, "second", more.Task) };

        var sending = edge.Client.SendAsync(request, TestContext.Current.CancellationToken);
        await firstSeen.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        more.SetResult();
        using var response = await sending;

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        await edge.AllEndedAsync(1);
        edge.New.Seen.ShouldHaveSingleItem().Body.ShouldBe(first + "second");
    }

    [Theory]
    [InlineData("""{"query":"query A { a }"}""", true)]
    [InlineData("""{"query":"mutation { a }"}""", false)]
    [InlineData("""{"query":"query A { a } mutation B { b }","operationName":"B"}""", false)]
    [InlineData("""{"query":"subscription { a }"}""", false)]
    [InlineData("""{"id":"persisted-1"}""", false)]
    [InlineData("""[{"query":"{ a }"}]""", false)]
    public async Task Post_Graphql_OnlyQueriesAreCopied(string body, bool copied)
    {
        await using var edge = await ShadowedEdge.StartAsync(Echo, Echo, operations: Operations, sample: "100%, control: 100%");

        using var response = await edge.Client.PostAsync("/graphql", new StringContent(body, Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        await edge.AllEndedAsync(1);
        edge.New.Seen.Count.ShouldBe(copied ? 1 : 0);
        edge.Legacy.Seen.Count.ShouldBe(copied ? 2 : 1);
        if (!copied) edge.Evidence.Skipped.ShouldBe(new Dictionary<string, long>(StringComparer.Ordinal) { ["graphql"] = 1 });
    }

    [Theory]
    [InlineData("?query=%7Ba%7D", true)]
    [InlineData("?query=mutation%7Ba%7D", false)]
    public async Task Get_Graphql_OnlyQueriesAreCopied(string query, bool copied)
    {
        await using var edge = await ShadowedEdge.StartAsync(Backend.Json("{}"), Backend.Json("{}"), operations: Operations);

        using var response = await edge.Client.GetAsync("/graphql" + query, TestContext.Current.CancellationToken);

        await edge.AllEndedAsync(1);
        edge.New.Seen.Count.ShouldBe(copied ? 1 : 0);
    }

    private static Task Echo(HttpContext context) => Backend.Json($"{{\"got\":\"{(context.Items["body"] as string)!.Replace("\"", "'", StringComparison.Ordinal)}\"}}")(context);

    private sealed class TwoParts(string first, string second, Task between) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(first));
            await stream.FlushAsync();
            await between;
            await stream.WriteAsync(Encoding.ASCII.GetBytes(second));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
