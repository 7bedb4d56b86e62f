using Microsoft.AspNetCore.Http;
using Shouldly;
using Strangler.Core.Routing;
using Strangler.IntegrationTests.Edge;
using Strangler.Proxy.Units;

namespace Strangler.IntegrationTests.Units;

/// <summary>A visitor's way through the real edge.</summary>
public sealed class VisitorTests
{
    private static readonly VisitorCookie Ours = new(VisitorKeyRing.Parse(UnitsEdge.Keys));

    [Fact]
    public async Task FirstVisit_PageWithTwentyAssetsAtOnce_GetsOneVisitorThatThenDecides()
    {
        await using var edge = await UnitsEdge.StartAsync(Shop);

        var answers = await Task.WhenAll(Enumerable.Range(0, 21).Select(i =>
            i == 0 ? GetAsync(edge.Stranger, "/", destination: "document") : GetAsync(edge.Stranger, $"/asset-{i}", destination: "script")));

        var cookies = answers.SelectMany(CookiesOf).ToList();
        var visitor = Ours.Verify(cookies.ShouldHaveSingleItem().Split(';')[0].Split('=', 2)[1])!;
        (await SideAsync(edge.Stranger, cookies[0].Split(';')[0])).ShouldBe(Bucket.Of(visitor.Id, UnitsEdge.Capability) < Bucket.Edge(UnitsEdge.Share) ? "new" : "legacy");
        (await SideAsync(edge.Stranger, cookie: null)).ShouldBe("legacy");
    }

    [Theory]
    [InlineData("/shared")]
    [InlineData("/silent")]
    [InlineData("/missing")]
    public async Task FirstVisit_AnswerThatACacheMayKeepOrAnError_GivesNoVisitor(string path)
    {
        await using var edge = await UnitsEdge.StartAsync(Shop);

        CookiesOf(await GetAsync(edge.Stranger, path, destination: "document")).ShouldBeEmpty();
    }

    [Fact]
    public async Task FirstVisit_BehindTls_GetsACookieOfThisHostOnly()
    {
        await using var edge = await UnitsEdge.StartAsync(Shop);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Add("Accept", "text/html");
        request.Headers.Add("X-Forwarded-Proto", "https");

        using var response = await edge.Proxy.SendAsync(request, TestContext.Current.CancellationToken);

        CookiesOf(response).ShouldHaveSingleItem().ShouldMatch("^__Host-Strangler-Visitor=v1\\..*; path=/; secure; samesite=lax; httponly$");
    }

    [Fact]
    public async Task Login_OfAVisitorOnTheNewSide_StaysThereAndTheServiceIsToldTheUnit()
    {
        await using var edge = await UnitsEdge.StartAsync(Shop);
        var id = Enumerable.Range(0, 1000).Select(_ => VisitorCookie.NewId()).First(i => Bucket.Of(i, UnitsEdge.Capability) < Bucket.Edge(UnitsEdge.Share));
        var account = TestEdge.SessionAt(UnitsEdge.Share, inside: false);
        var cookie = $"{UnitReader.PlainCookie}={Ours.Write(id, null)}";

        (await SideAsync(edge.Proxy, cookie, account)).ShouldBe("new");
        edge.Seen.Last().Headers[UnitsEdge.UnitHeader].ShouldBe(id);
        var page = await GetAsync(edge.Proxy, "/", "document", cookie, account);
        var leased = CookiesOf(page).ShouldHaveSingleItem().Split(';')[0];
        Ours.Verify(leased.Split('=', 2)[1])!.LeaseEnds.ShouldNotBeNull();
        (await SideAsync(edge.Proxy, leased, account)).ShouldBe("new");

        (await SideAsync(edge.Proxy, cookie: null, account)).ShouldBe("legacy");
        edge.Seen.Where(r => r.Target == "/api/products/X" && r.Headers.TryGetValue(UnitsEdge.UnitHeader, out var unit) && unit != id).ShouldBeEmpty();
    }

    // The lease can also be written by an answer to a script, because the client has its id already.
    [Fact]
    public async Task Login_InAShopWithoutPages_StartsTheLeaseToo()
    {
        await using var edge = await UnitsEdge.StartAsync(Shop);
        var outside = Enumerable.Range(0, 1000).Select(_ => VisitorCookie.NewId()).First(i => Bucket.Of(i, UnitsEdge.Capability) >= Bucket.Edge(UnitsEdge.Share));

        var answer = await GetAsync(edge.Proxy, "/api/products/private", "empty", $"{UnitReader.PlainCookie}={Ours.Write(outside, null)}", "ann");

        CookiesOf(answer).ShouldHaveSingleItem();
    }

    private static async Task Shop(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        context.Response.ContentType = path.StartsWith("/asset", StringComparison.Ordinal) ? "text/javascript" : "text/html";
        if (path is not "/silent") context.Response.Headers.CacheControl = path is "/shared" ? "public, max-age=60" : "private";
        if (path is "/missing") context.Response.StatusCode = StatusCodes.Status404NotFound;
        await context.Response.WriteAsync("legacy", context.RequestAborted);
    }

    private static async Task<string> SideAsync(HttpClient client, string? cookie, string? account = null) =>
        await (await GetAsync(client, "/api/products/X", "empty", cookie, account)).TextAsync();

    private static async Task<HttpResponseMessage> GetAsync(HttpClient client, string path, string destination, string? cookie = null, string? account = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Sec-Fetch-Mode", destination == "document" ? "navigate" : "no-cors");
        request.Headers.Add("Sec-Fetch-Dest", destination);
        if (cookie is not null) request.Headers.Add("Cookie", cookie);
        if (account is not null) request.Headers.Add("X-Customer-Id", account);
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static IEnumerable<string> CookiesOf(HttpResponseMessage response) =>
        response.Headers.TryGetValues("Set-Cookie", out var values) ? values : [];
}
