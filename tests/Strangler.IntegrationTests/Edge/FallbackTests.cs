using System.Net;
using Microsoft.AspNetCore.Http;
using Shouldly;

namespace Strangler.IntegrationTests.Edge;

/// <summary>What happens to a read when the new side cannot answer.</summary>
public sealed class FallbackTests
{
    [Theory]
    [InlineData("refused")]
    [InlineData("reset")]
    [InlineData("hang")]
    [InlineData("502")]
    [InlineData("503")]
    [InlineData("504")]
    [InlineData("429")]
    public async Task Get_NewSideCannotAnswer_IsAnsweredByLegacyAlone(string failure)
    {
        await using var edge = await TestEdge.StartCanaryAsync(
            legacy: async context =>
            {
                context.Response.Headers["X-From"] = "legacy";
                await TestBackend.Text("from legacy")(context);
            },
            @new: FailWith(failure), timeout: "300ms");
        if (failure == "refused") await edge.New.DieAsync();

        using var response = await edge.GetAsync("/api/products/a%20b?x=1", "session-1");

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await response.TextAsync()).ShouldBe("from legacy");
        response.Decision()!.ShouldStartWith("legacy;");
        response.Decision("reason").ShouldBe("fallback");
        response.Headers.GetValues("X-From").ShouldBe(["legacy"]);
        response.Headers.Contains("Set-Cookie").ShouldBeFalse();
        response.Headers.Contains("Retry-After").ShouldBeFalse();
        var asked = edge.Legacy.Seen.ShouldHaveSingleItem();
        (asked.Target, asked.Headers["Cookie"]).ShouldBe(("/api/products/a%20b?x=1", "theme=dark; LegacySession=session-1"));
        edge.New.Started.ShouldBe(failure == "refused" ? 0 : 1);
        var status = await edge.CatalogAsync();
        ((long)status["fallbacks"]!, (long)status["sides"]!["legacy"]!["requests"]!, (long)status["sides"]!["new"]!["requests"]!).ShouldBe((1, 1, 0));
    }

    [Theory]
    [InlineData(404)]
    [InlineData(410)]
    [InlineData(500)]
    [InlineData(501)]
    public async Task Get_NewSideHasAnswered_KeepsItsAnswer(int status)
    {
        await using var edge = await TestEdge.StartCanaryAsync(@new: TestBackend.Text("the new side's own words", status));

        using var response = await edge.GetAsync("/api/products/X");

        ((int)response.StatusCode).ShouldBe(status);
        (await response.TextAsync()).ShouldBe("the new side's own words");
        response.Decision("reason").ShouldBe("everyone");
        edge.Legacy.Started.ShouldBe(0);
    }

    [Fact]
    public async Task Head_NewSideUnavailable_FallsBackToo()
    {
        await using var edge = await TestEdge.StartCanaryAsync(@new: TestBackend.Text("", StatusCodes.Status503ServiceUnavailable));

        using var response = await edge.SendAsync(HttpMethod.Head, "/api/products/X");

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        edge.Legacy.Seen.ShouldHaveSingleItem().Method.ShouldBe("HEAD");
    }

    [Fact]
    public async Task Get_BrokenAfterTheFirstByte_IsAbortedAndNotAskedAgain()
    {
        var hasBegun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var edge = await TestEdge.StartCanaryAsync(@new: async context =>
        {
            context.Response.ContentLength = 1000;
            await context.Response.WriteAsync("the beginning");
            await context.Response.Body.FlushAsync();
            await hasBegun.Task;
            context.Abort();
        });
        using var request = new HttpRequestMessage(HttpMethod.Get, edge.AddressOf("/api/products/X"));

        using var response = await edge.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        await using var body = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        (await body.ReadAsync(new byte[1000], TestContext.Current.CancellationToken)).ShouldBeGreaterThan(0);
        hasBegun.SetResult();
        var rest = async () => await body.CopyToAsync(Stream.Null, TestContext.Current.CancellationToken);

        await rest.ShouldThrowAsync<IOException>();
        edge.Legacy.Started.ShouldBe(0);
    }

    [Fact]
    public async Task Get_LegacyCannotAnswerEither_IsABadGateway()
    {
        await using var edge = await TestEdge.StartCanaryAsync();
        await edge.New.DieAsync();
        await edge.Legacy.DieAsync();

        using var response = await edge.GetAsync("/api/products/X");

        response.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
    }

    [Fact]
    public async Task Get_LegacyIsUnavailableItself_KeepsItsAnswer()
    {
        await using var edge = await TestEdge.StartAsync(legacy: TestBackend.Text("sold out", StatusCodes.Status503ServiceUnavailable));

        using var response = await edge.GetAsync("/api/products/X");

        (response.StatusCode, await response.TextAsync()).ShouldBe((HttpStatusCode.ServiceUnavailable, "sold out"));
        edge.Legacy.Started.ShouldBe(1);
    }

    [Fact]
    public async Task Get_NewSideDiesAndComesBack_NoRequestFails()
    {
        await using var edge = await TestEdge.StartCanaryAsync();
        await AnswersComeFromAsync(edge, "new");

        await edge.New.DieAsync();
        await AnswersComeFromAsync(edge, "legacy");

        await edge.New.ReviveAsync();
        await AnswersComeFromAsync(edge, "new");
    }

    private static async Task AnswersComeFromAsync(TestEdge edge, string side)
    {
        for (var i = 0; i < 10; i++)
        {
            using var response = await edge.GetAsync("/api/products/X");
            (response.StatusCode, await response.TextAsync()).ShouldBe((HttpStatusCode.OK, side));
        }
    }

    private static RequestDelegate FailWith(string failure) => failure switch
    {
        "reset" => TestBackend.Reset,
        "hang" => TestBackend.Hang,
        "refused" => TestBackend.Text("never asked"),
        _ => async context =>
        {
            context.Response.Headers["X-From"] = "new";
            context.Response.Headers["Retry-After"] = "60";
            context.Response.Headers["Set-Cookie"] = "leak=1";
            await TestBackend.Text("a failure's body", int.Parse(failure))(context);
        },
    };
}
