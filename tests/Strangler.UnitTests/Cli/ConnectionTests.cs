using System.Net;
using Shouldly;
using Strangler.Core.Admin;
using Xunit;

namespace Strangler.UnitTests.Cli;

public sealed class ConnectionTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"cli-token-{Guid.NewGuid():N}");

    [Fact]
    public async Task Connect_Token_IsSentAsBearer()
    {
        var run = new CliRun();
        run.Edge.Answers(Samples.State(), AdminJson.Default.CapabilitiesAnswer);

        (await run.RunAsync("status")).ShouldBe(0);

        run.Edge.Authorization.ShouldBe("Bearer secret");
    }

    [Fact]
    public async Task Connect_TokenFile_IsReadAndTrimmed()
    {
        await File.WriteAllTextAsync(_file, "from-file\n", TestContext.Current.CancellationToken);
        var run = new CliRun { Variables = { ["STRANGLER_TOKEN"] = null, ["STRANGLER_TOKEN_FILE"] = _file } };
        run.Edge.Answers(Samples.State(), AdminJson.Default.CapabilitiesAnswer);

        (await run.RunAsync("status")).ShouldBe(0);

        run.Edge.Authorization.ShouldBe("Bearer from-file");
    }

    [Fact]
    public async Task Connect_TokenFileMissing_NamesTheFile()
    {
        var run = new CliRun { Variables = { ["STRANGLER_TOKEN"] = null, ["STRANGLER_TOKEN_FILE"] = _file } };

        (await run.RunAsync("status")).ShouldBe(1);

        run.Error.ShouldContain(_file);
    }

    [Fact]
    public async Task Connect_NoToken_SaysWhatToSet()
    {
        var run = new CliRun { Variables = { ["STRANGLER_TOKEN"] = null } };

        (await run.RunAsync("status")).ShouldBe(1);

        run.Error.ShouldBe(
            "strangler: No token: set STRANGLER_TOKEN to the token of the edge, or STRANGLER_TOKEN_FILE to a file that holds it.\n");
    }

    [Fact]
    public async Task Connect_UnknownToken_SaysSoAndDoesNotPrintIt()
    {
        var run = new CliRun();
        run.Edge.Refuses(HttpStatusCode.Unauthorized, ProblemTypes.Unauthorized, "no");

        (await run.RunAsync("status")).ShouldBe(1);

        run.Error.ShouldStartWith("strangler: The edge at http://127.0.0.1:8081/ does not know this token.");
        run.Error.ShouldNotContain("secret");
    }

    [Theory]
    [InlineData("ftp://edge")]
    [InlineData("edge:8081")]
    [InlineData("not a url")]
    public async Task Connect_InvalidAddress_IsUsageError(string url)
    {
        var run = new CliRun();

        (await run.RunAsync("status", "--url", url)).ShouldBe(2);

        run.Error.ShouldContain(url);
    }

    [Fact]
    public async Task Connect_NoAnswerInTime_IsUnreachable()
    {
        var run = new CliRun();
        run.Edge.Answers(async cancellation =>
        {
            run.Time.Elapse();
            await Task.Delay(Timeout.Infinite, cancellation);
            throw new InvalidOperationException("not reached");
        });

        (await run.RunAsync("kill", "catalog", "--reason", "x")).ShouldBe(7);

        run.Error.ShouldContain("did not answer within 10 s. Whether the change was made is not known");
    }

    [Fact]
    public async Task Connect_Refused_IsUnreachable()
    {
        var run = new CliRun();
        run.Edge.Answers(_ => throw new HttpRequestException("Connection refused."));

        (await run.RunAsync("status")).ShouldBe(7);

        run.Error.ShouldContain("cannot be reached: Connection refused.");
    }

    [Theory]
    [InlineData(HttpStatusCode.OK, "<html>")]
    [InlineData(HttpStatusCode.OK, "null")]
    [InlineData(HttpStatusCode.OK, "{}")]
    [InlineData(HttpStatusCode.NotFound, "<html>")]
    [InlineData(HttpStatusCode.BadGateway, "")]
    [InlineData(HttpStatusCode.Found, "")]
    public async Task Connect_SomethingElseAnswers_FailsWithASentence(HttpStatusCode status, string body)
    {
        var run = new CliRun();
        run.Edge.Answers(status, body);

        (await run.RunAsync("status")).ShouldBe(1);

        run.Error.ShouldStartWith("strangler: ");
        run.Error.ShouldContain("http://127.0.0.1:8081/");
    }

    public void Dispose() => File.Delete(_file);
}
