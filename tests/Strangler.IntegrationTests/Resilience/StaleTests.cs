using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Strangler.IntegrationTests.Edge;
using Strangler.Proxy.Resilience.Stale;

namespace Strangler.IntegrationTests.Resilience;

/// <summary>The last good answer, when nobody answers.</summary>
public sealed class StaleTests
{
    private const string Product = "/api/products/X?lang=de";

    [Theory]
    [InlineData("dead")]
    [InlineData("reset")]
    [InlineData("503")]
    [InlineData("500")]
    public async Task Get_BothSidesFail_IsTheLastGoodAnswerWithItsAgeAndMarked(string failure)
    {
        await using var edge = await StartAsync(@new: Good("from new", "Age", "7"));
        using var good = await edge.GetAsync(Product);
        (await good.TextAsync()).ShouldBe("from new");

        await FailAsync(edge, failure);
        using var stale = await edge.GetAsync(Product);
        using var head = await edge.SendAsync(HttpMethod.Head, Product);
        using var other = await edge.GetAsync("/api/products/Y?lang=de");

        stale.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await stale.TextAsync()).ShouldBe("from new");
        stale.Decision("reason").ShouldBe("stale");
        stale.Content.Headers.ContentType!.MediaType.ShouldBe("text/plain");
        stale.Headers.ETag!.Tag.ShouldBe("\"1\"");
        int.Parse(stale.Headers.GetValues("Age").Single(), CultureInfo.InvariantCulture).ShouldBeGreaterThanOrEqualTo(7);
        (head.StatusCode, head.Content.Headers.ContentLength).ShouldBe((HttpStatusCode.OK, 8));
        ((int)other.StatusCode).ShouldBeGreaterThanOrEqualTo(500);
        edge.Part<StaleAnswers>().Bytes.ShouldBeInRange(1, 10_000);
    }

    [Theory]
    [InlineData("Set-Cookie", "a=b")]
    [InlineData("Cache-Control", "private")]
    [InlineData("Cache-Control", "max-age=60, no-store")]
    [InlineData("Cache-Control", "what=\"is this")]
    [InlineData("Vary", "Accept, Cookie")]
    [InlineData("Vary", "*")]
    public async Task Get_PersonalAnswer_IsNeverKept(string header, string value)
    {
        await using var edge = await StartAsync(@new: Good("personal", header, value));
        (await edge.GetAsync(Product)).Dispose();

        await FailAsync(edge, "503");
        using var response = await edge.GetAsync(Product);

        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        edge.Part<StaleAnswers>().Bytes.ShouldBe(0);
    }

    [Fact]
    public async Task Get_WithAuthorization_NeitherKeptNorServed()
    {
        await using var edge = await StartAsync();
        (await GetAsync(edge, "Authorization", "Bearer x")).Dispose();
        edge.Part<StaleAnswers>().Bytes.ShouldBe(0);
        (await edge.GetAsync(Product)).Dispose();

        await FailAsync(edge, "503");
        using var known = await GetAsync(edge, "Authorization", "Bearer x");
        using var unknown = await edge.GetAsync(Product);

        (known.StatusCode, unknown.StatusCode).ShouldBe((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK));
    }

    [Fact]
    public async Task Get_AnswerThatVaries_IsServedOnlyToThoseWhoAskAlike()
    {
        await using var edge = await StartAsync(@new: context => Good(context.Request.Headers.AcceptLanguage.ToString(), "Vary", "Accept-Language")(context));
        foreach (var language in (string[])["de", "fr"]) (await GetAsync(edge, "Accept-Language", language)).Dispose();

        await FailAsync(edge, "503");

        foreach (var language in (string[])["de", "fr"])
        {
            using var response = await GetAsync(edge, "Accept-Language", language);
            (await response.TextAsync()).ShouldBe(language);
        }

        using var other = await GetAsync(edge, "Accept-Language", "it");
        other.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task Get_Killed_WhatTheNewSideSaidIsNotServed()
    {
        await using var edge = await StartAsync(@new: Good("wrong price"));
        (await edge.GetAsync(Product)).Dispose();
        await edge.ChangeAsync("kill", new { reason = "wrong prices" });

        await FailAsync(edge, "503");
        using var response = await edge.GetAsync(Product);

        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task Get_NewFailsAndLegacyAnswers_IsLegacysAnswerAndThatIsKept()
    {
        await using var edge = await StartAsync(legacy: Good("from legacy"), @new: TestBackend.Text("", StatusCodes.Status503ServiceUnavailable));
        using var fallback = await edge.GetAsync(Product);
        fallback.Decision("reason").ShouldBe("fallback");

        await FailAsync(edge, "503");
        using var stale = await edge.GetAsync(Product);

        (await stale.TextAsync()).ShouldBe("from legacy");
    }

    [Fact]
    public async Task Get_OperationThatDoesNotOptIn_KeepsNothing()
    {
        await using var edge = await TestEdge.StartCanaryAsync(@new: Good("from new"));
        (await edge.GetAsync(Product)).Dispose();

        edge.Part<StaleAnswers>().Bytes.ShouldBe(0);
    }

    private static async Task<TestEdge> StartAsync(RequestDelegate? legacy = null, RequestDelegate? @new = null)
    {
        var edge = await TestEdge.StartCanaryAsync(legacy, @new ?? Good("from new"));
        await File.WriteAllTextAsync(edge.RulesFile, edge.Rules().Replace("{sku}\", semantics: safe }", "{sku}\", semantics: safe, stale: 10m }", StringComparison.Ordinal));
        (await edge.ApplyRulesAsync()).EnsureSuccessStatusCode().Dispose();
        return edge;
    }

    private static RequestDelegate Good(string text, string? header = null, string? value = null) => context =>
    {
        context.Response.ContentType = "text/plain";
        context.Response.Headers.ETag = "\"1\"";
        if (header is not null) context.Response.Headers[header] = value;
        return context.Response.WriteAsync(text, context.RequestAborted);
    };

    private static async Task FailAsync(TestEdge edge, string failure)
    {
        foreach (var backend in (TestBackend[])[edge.Legacy, edge.New])
        {
            if (failure == "dead") await backend.DieAsync();
            else backend.Answer = failure == "reset" ? TestBackend.Reset : TestBackend.Text("its own words", int.Parse(failure, CultureInfo.InvariantCulture));
        }
    }

    private static Task<HttpResponseMessage> GetAsync(TestEdge edge, string header, string value)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, edge.AddressOf(Product));
        request.Headers.TryAddWithoutValidation(header, value);
        return edge.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
