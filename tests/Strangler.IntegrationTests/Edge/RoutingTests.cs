using System.Net;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Strangler.Core.Routing;

namespace Strangler.IntegrationTests.Edge;

/// <summary>Which side gets a request, and what it gets.</summary>
public sealed class RoutingTests
{
    [Theory]
    [InlineData("GET", "/")]
    [InlineData("GET", "/cart?x=1")]
    [InlineData("POST", "/api/orders")]
    [InlineData("POST", "/api/products/X")]
    [InlineData("DELETE", "/api/products/X")]
    [InlineData("GET", "/api/products/X/images")]
    [InlineData("GET", "//api/products")]
    [InlineData("GET", "/api/products//")]
    [InlineData("GET", "/admin/v1/capabilities")]
    [InlineData("GET", "/metrics")]
    [InlineData("GET", "/livez")]
    public async Task Request_ThatNoCapabilityClaims_GoesToLegacyAsItCame(string method, string target)
    {
        await using var edge = await TestEdge.StartCanaryAsync();

        using var response = await edge.SendAsync(new HttpMethod(method), target);

        (await response.TextAsync()).ShouldBe("legacy");
        response.Decision().ShouldBeNull();
        var seen = edge.Legacy.Seen.ShouldHaveSingleItem();
        (seen.Method, seen.Target).ShouldBe((method, target));
    }

    [Theory]
    [InlineData("/api/products", "/v1/products")]
    [InlineData("/api/products?page=2&q=a%20b", "/v1/products?page=2&q=a%20b")]
    [InlineData("/api/products/", "/v1/products")]
    [InlineData("/API/Products/SKU-1", "/v1/products/SKU-1")]
    [InlineData("/api/products/a%20b", "/v1/products/a%20b")]
    [InlineData("/api/products/a%2Fb", "/v1/products/a%2Fb")]
    [InlineData("/api/products/100%25", "/v1/products/100%25")]
    [InlineData("/api/products/%C3%BCber", "/v1/products/%C3%BCber")]
    [InlineData("/api/products/a+b", "/v1/products/a+b")]
    [InlineData("/api/products/a%3Fb%23c", "/v1/products/a%3Fb%23c")]
    [InlineData("/api/files/a/b%20c/", "/v1/files/a/b%20c/")]
    [InlineData("/api/files", "/v1/files/")]
    public async Task Get_OnEitherSide_AsksForTheRightPath(string target, string newTarget)
    {
        await using var edge = await TestEdge.StartAsync();
        (await edge.GetAsync(target)).Dispose();
        await edge.ChangeAsync("promote", new { reason = "test" });
        await edge.ChangeAsync("promote", new { reason = "test", share = 100 });
        await edge.ChangeAsync("promote", new { reason = "test", everyone = true });
        (await edge.GetAsync(target)).Dispose();

        edge.Legacy.Seen.ShouldHaveSingleItem().Target.ShouldBe(target);
        edge.New.Seen.ShouldHaveSingleItem().Target.ShouldBe(newTarget);
    }

    [Fact]
    public async Task Head_OfAnOperation_FollowsItsGet()
    {
        await using var edge = await TestEdge.StartCanaryAsync();

        using var response = await edge.SendAsync(HttpMethod.Head, "/api/products/X");

        response.Decision()!.ShouldStartWith("new;");
        edge.New.Seen.ShouldHaveSingleItem().Method.ShouldBe("HEAD");
    }

    [Fact]
    public async Task Post_OfACapability_StaysOnLegacyWithItsBody()
    {
        var body = "";
        await using var edge = await TestEdge.StartCanaryAsync(legacy: async context =>
        {
            body = await new StreamReader(context.Request.Body).ReadToEndAsync();
            context.Response.StatusCode = StatusCodes.Status201Created;
        });

        using var response = await edge.Client.PostAsync(
            edge.AddressOf("/api/products"), new StringContent("{\"a\":1}"), TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        body.ShouldBe("{\"a\":1}");
        response.Decision("reason").ShouldBe("stage");
        edge.New.Started.ShouldBe(0);
    }

    [Theory]
    [InlineData(100, "new")]
    [InlineData(10, "legacy")]
    public async Task Get_WithOurHeadersFromTheClient_DropsThemBeforeAnybodyObeys(double share, string side)
    {
        await using var edge = await TestEdge.StartCanaryAsync(share: share);
        using var request = new HttpRequestMessage(HttpMethod.Get, edge.AddressOf("/api/products/X"));
        request.Headers.Add("Strangler-Decision", side == "new" ? "legacy" : "new");
        request.Headers.Add("Strangler-Shadow", "1");
        request.Headers.Add("sTrAnGlEr-anything", "1");
        request.Headers.Add("X-Strangler", "stays");

        using var response = await edge.Client.SendAsync(request, TestContext.Current.CancellationToken);

        (await response.TextAsync()).ShouldBe(side);
        var seen = (side == "new" ? edge.New : edge.Legacy).Seen.ShouldHaveSingleItem();
        seen.Headers.Keys.Where(h => h.Contains("strangler", StringComparison.OrdinalIgnoreCase)).ShouldBe(["X-Strangler"]);
    }

    [Theory]
    [InlineData("/login", "legacy")]
    [InlineData("/api/products/X", "new")]
    public async Task Get_AnsweredByAnAbsoluteRedirect_LeadsBackToTheEdge(string path, string side)
    {
        static Task Redirect(HttpContext context)
        {
            context.Response.Redirect($"{context.Request.Headers["X-Forwarded-Proto"]}://{context.Request.Host}/elsewhere");
            return Task.CompletedTask;
        }

        await using var edge = await TestEdge.StartCanaryAsync(Redirect, Redirect);
        using var request = new HttpRequestMessage(HttpMethod.Get, edge.AddressOf(path));
        request.Headers.Host = "shop.example:8443";
        request.Headers.Add("X-Forwarded-Host", "evil.example");

        using var response = await edge.Client.SendAsync(request, TestContext.Current.CancellationToken);

        response.Headers.Location.ShouldBe(new Uri("http://shop.example:8443/elsewhere"));
        var seen = (side == "new" ? edge.New : edge.Legacy).Seen.ShouldHaveSingleItem().Headers;
        (seen["Host"], seen["X-Forwarded-Host"], seen["X-Forwarded-Proto"]).ShouldBe(("shop.example:8443", "shop.example:8443", "http"));
        IPAddress.IsLoopback(IPAddress.Parse(seen["X-Forwarded-For"])).ShouldBeTrue();
    }

    [Theory]
    [InlineData("/cart")]
    [InlineData("/api/products/X")]
    public async Task Get_WithCookies_PassesThemBothWays(string path)
    {
        static Task SetCookies(HttpContext context)
        {
            context.Response.Headers.Append("Set-Cookie", "LegacySession=abc; path=/; httponly");
            context.Response.Headers.Append("Set-Cookie", "theme=dark; path=/");
            return Task.CompletedTask;
        }

        await using var edge = await TestEdge.StartCanaryAsync(SetCookies, SetCookies);

        using var response = await edge.GetAsync(path, "xyz");

        response.Headers.GetValues("Set-Cookie").ShouldBe(["LegacySession=abc; path=/; httponly", "theme=dark; path=/"]);
        edge.Legacy.Seen.Concat(edge.New.Seen).ShouldHaveSingleItem().Headers["Cookie"].ShouldBe("theme=dark; LegacySession=xyz");
    }

    [Fact]
    public async Task Get_InCanary_IsDecidedByTheSessionAndNeverGoesBackWhenTheShareGrows()
    {
        await using var edge = await TestEdge.StartCanaryAsync(share: 30);
        var sessions = Enumerable.Range(0, 100).Select(i => $"session-{i}").ToList();

        foreach (var share in (double[])[30, 30, 70])
        {
            if (share > 30) await edge.ChangeAsync("promote", new { reason = "test", share });
            foreach (var session in sessions)
            {
                using var response = await edge.GetAsync("/api/products/X", session);
                (await response.TextAsync()).ShouldBe(Bucket.Of(session, "catalog") < Bucket.Edge(share) ? "new" : "legacy");
            }
        }

        using var nobody = await edge.GetAsync("/api/products/X");
        (await nobody.TextAsync()).ShouldBe("legacy");
        nobody.Decision("reason").ShouldBe("no-unit");
    }
}
