using System.Net;
using Shouldly;
using Strangler.Core.Admin;
using Xunit;

namespace Strangler.UnitTests.Cli;

public sealed class MoveVerbTests
{
    private const string Path = "POST /admin/v1/capabilities/catalog";

    [Theory]
    [InlineData("hold catalog", ":hold", """{"reason":"x"}""")]
    [InlineData("hold catalog --release", ":release", """{"reason":"x"}""")]
    [InlineData("shrink catalog --share 5%", ":shrink", """{"reason":"x","share":5}""")]
    [InlineData("shrink catalog --share 0", ":shrink", """{"reason":"x","share":0}""")]
    [InlineData("include catalog --unit a --unit b --group staff", ":include", """{"reason":"x","units":["a","b"],"groups":["staff"],"remove":false}""")]
    [InlineData("exclude catalog --group staff --remove", ":exclude", """{"reason":"x","units":[],"groups":["staff"],"remove":true}""")]
    [InlineData("promote catalog --everyone", ":promote", """{"reason":"x","stage":null,"share":null,"everyone":true}""")]
    public async Task Verb_OneCapability_AsksItsRoute(string line, string verb, string body)
    {
        var run = Looked();
        run.Edge.Answers(Samples.Change(13, "something"), AdminJson.Default.ChangeAnswer);

        (await run.RunAsync([.. line.Split(' '), "--yes", "--reason", "x"])).ShouldBe(0);

        run.Edge.Asked[1].ShouldBe($"{Path}{verb} \"12\" {body}");
    }

    [Fact]
    public async Task Verb_SeveralCapabilities_IsOneChange()
    {
        var run = Looked();
        run.Edge.Answers(new ChangesAnswer(13, 0, [Samples.Catalog], ["cart: stage legacy -> shadow", "checkout: stage legacy -> shadow"]), AdminJson.Default.ChangesAnswer);

        (await run.RunAsync("promote", "cart", "checkout", "cart", "--to", "shadow", "--yes", "--reason", "x")).ShouldBe(0);

        run.Edge.Asked[1].ShouldBe("""
            POST /admin/v1/changes "12" {"reason":"x","moves":[
            {"capability":"cart","verb":"promote","stage":"shadow","share":null,"everyone":false,"units":null,"groups":null,"remove":false},
            {"capability":"checkout","verb":"promote","stage":"shadow","share":null,"everyone":false,"units":null,"groups":null,"remove":false}]}
            """.ReplaceLineEndings(""));
        run.Out.ShouldBe("""
            strangler promote cart checkout: done, plan 13 is in force.
              cart: stage legacy -> shadow
              checkout: stage legacy -> shadow

            Next: strangler status --watch

            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Kill_SeveralCapabilities_ActsAtOnceUnderAnyPlan()
    {
        var run = new CliRun();
        run.Edge.Answers(new ChangesAnswer(13, 0, [Samples.Catalog], ["killed"]), AdminJson.Default.ChangesAnswer);

        (await run.RunAsync("kill", "cart", "checkout", "--reason", "x")).ShouldBe(0);

        run.Edge.Asked.ShouldHaveSingleItem().ShouldStartWith("POST /admin/v1/changes * {");
    }

    [Fact]
    public async Task Change_TwoTimes_HasTwoKeysAndADryRunNone()
    {
        var run = new CliRun();
        for (var i = 0; i < 3; i++) run.Edge.Answers(Samples.Change(13, "killed"), AdminJson.Default.ChangeAnswer);

        await run.RunAsync("kill", "catalog", "--reason", "x");
        await run.RunAsync("kill", "catalog", "--reason", "x");
        await run.RunAsync("kill", "catalog", "--reason", "x", "--dry-run");

        run.Edge.Keys.Count.ShouldBe(2);
        run.Edge.Keys.Distinct(StringComparer.Ordinal).Count().ShouldBe(2);
    }

    [Fact]
    public async Task Change_AnswerLost_IsSentOnceMoreWithTheSameKey()
    {
        var run = new CliRun();
        run.Edge.Answers(_ => throw new HttpRequestException(HttpRequestError.ResponseEnded, "the response ended"));
        run.Edge.Answers(Samples.Change(13, "killed"), AdminJson.Default.ChangeAnswer);

        (await run.RunAsync("kill", "catalog", "--reason", "x")).ShouldBe(0);

        run.Edge.Keys.Count.ShouldBe(2);
        run.Edge.Keys[1].ShouldBe(run.Edge.Keys[0]);
        run.Edge.Asked[1].ShouldBe(run.Edge.Asked[0]);
    }

    [Fact]
    public async Task Change_AnswerLostTwice_GivesUp()
    {
        var run = new CliRun();
        for (var i = 0; i < 2; i++) run.Edge.Answers(_ => throw new HttpRequestException(HttpRequestError.ResponseEnded, "the response ended"));

        (await run.RunAsync("kill", "catalog", "--reason", "x")).ShouldBe(7);

        run.Edge.Keys.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Change_NobodyListens_IsNotSentAgain()
    {
        var run = new CliRun();
        run.Edge.Answers(_ => throw new HttpRequestException(HttpRequestError.ConnectionError, "connection refused"));

        (await run.RunAsync("kill", "catalog", "--reason", "x")).ShouldBe(7);

        run.Edge.Keys.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Token_AnswerLost_IsNotSentAgain()
    {
        var run = Looked();
        run.Edge.Answers(_ => throw new HttpRequestException(HttpRequestError.ResponseEnded, "the response ended"));

        (await run.RunAsync("token", "create", "ci", "--role", "viewer", "--yes", "--reason", "x")).ShouldBe(7);

        run.Edge.Asked.Count.ShouldBe(2);
        run.Edge.Keys.ShouldBeEmpty();
    }

    [Fact]
    public async Task Change_RoleTooLow_SaysWhichItNeeds()
    {
        var run = new CliRun();
        run.Edge.Refuses(HttpStatusCode.Forbidden, ProblemTypes.Forbidden, "this needs the role operator or migrator or admin; the token 'vera' has the role viewer");

        (await run.RunAsync("kill", "catalog", "--reason", "x")).ShouldBe(1);

        run.Error.ShouldBe("strangler: this needs the role operator or migrator or admin; the token 'vera' has the role viewer\n");
    }

    private static CliRun Looked()
    {
        var run = new CliRun();
        run.Edge.Answers(Samples.State(Samples.Catalog), AdminJson.Default.CapabilitiesAnswer);
        return run;
    }
}
