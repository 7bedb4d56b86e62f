using System.Net;
using System.Text.Json.Nodes;
using Shouldly;
using Strangler.Core.Rules;
using Strangler.UnitTests.Rules.Schema;
using Xunit;

namespace Strangler.UnitTests.Cli;

public sealed class InitVerbTests : IDisposable
{
    private const string Legacy = "http://127.0.0.1:5100";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cli-init-");

    private string Out => Path.Combine(_folder.FullName, "rules", "first.yaml");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(null)]
    [InlineData("cart")]
    public async Task Init_NobodyAnswers_WritesRulesThatParserAndSchemaAccept(string? capability)
    {
        var run = new CliRun { Variables = { ["STRANGLER_TOKEN"] = null } };
        run.Edge.Answers(_ => throw new HttpRequestException("Connection refused"));

        (await run.RunAsync(["init", Legacy, "--out", Out, .. capability is null ? Array.Empty<string>() : ["--capability", capability]])).ShouldBe(0);

        var text = await File.ReadAllTextAsync(Out, TestContext.Current.CancellationToken);
        var result = RulesParser.Parse([new RulesFile(Out, text)]);
        result.Diagnostics.ShouldBeEmpty();
        result.Rules!.Legacy.Destinations.ShouldHaveSingleItem().AbsoluteUri.ShouldBe(Legacy + "/");
        result.Rules.Capabilities.Select(c => c.Name).ShouldBe(capability is null ? [] : [capability]);
        RulesSchema.Accepts(text).ShouldBe(true);
        Unwrapped(run.Out).ShouldContain("does not answer (Connection refused); the rules are good all the same.");
        Unwrapped(run.Out).ShouldContain("strangler validate");
    }

    [Fact]
    public async Task Init_EverythingInComments_IsValidToo()
    {
        var run = new CliRun();
        run.Edge.Answers(_ => throw new HttpRequestException("no"));

        await run.RunAsync("init", Legacy, "--out", Out);

        var text = await File.ReadAllTextAsync(Out, TestContext.Current.CancellationToken);
        var started = false;
        var open = string.Join('\n', text.Split('\n').Select(line =>
        {
            started |= line.StartsWith("# unit:", StringComparison.Ordinal);
            return started && line.StartsWith("# ", StringComparison.Ordinal) && !line.StartsWith("# What", StringComparison.Ordinal) ? line[2..] : line;
        }));
        var rules = RulesParser.Parse([new RulesFile(Out, open)]);
        rules.Diagnostics.ShouldBeEmpty(open);
        rules.Rules!.Unit.SessionCookie.ShouldBe("JSESSIONID");
        rules.Rules.Capabilities.ShouldHaveSingleItem().Operations.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Init_MonolithSetsASession_NamesItsCookieAndItsOpenApi()
    {
        var run = new CliRun();
        run.Edge.Answers(_ => Task.FromResult(Page("theme=dark", "ASP.NET_SessionId=secret; HttpOnly")))
            .Answers(HttpStatusCode.NotFound, "")
            .Answers(HttpStatusCode.OK, "{}");

        (await run.RunAsync("init", Legacy, "--out", Out, "-o", "json")).ShouldBe(0);

        run.Edge.Asked.ShouldBe(["GET /", "GET /openapi.json", "GET /swagger/v1/swagger.json"]);
        var document = JsonNode.Parse(run.Out)!;
        document.AsObject().Select(m => m.Key).ShouldBe(["file", "capability", "legacy", "nextSteps"]);
        document["legacy"]!["sessionCookie"]!.GetValue<string>().ShouldBe("ASP.NET_SessionId");
        document["legacy"]!["openApi"]!.GetValue<string>().ShouldBe("/swagger/v1/swagger.json");
        var text = await File.ReadAllTextAsync(Out, TestContext.Current.CancellationToken);
        RulesParser.Parse([new RulesFile(Out, text)]).Rules!.Unit.SessionCookie.ShouldBe("ASP.NET_SessionId");
        (text + run.Out + run.Error).ShouldNotContain("secret");
    }

    [Theory]
    [InlineData("sess\": { x }=1")]
    [InlineData("session name=1")]
    [InlineData("theme=1")]
    public async Task Init_CookieThatIsNoPlainSessionName_IsLeftOut(string cookie)
    {
        var run = new CliRun();
        run.Edge.Answers(_ => Task.FromResult(Page(cookie))).Answers(HttpStatusCode.NotFound, "").Answers(HttpStatusCode.NotFound, "");

        (await run.RunAsync("init", Legacy, "--out", Out)).ShouldBe(0);

        RulesParser.Parse([new RulesFile(Out, await File.ReadAllTextAsync(Out, TestContext.Current.CancellationToken))]).Rules!.Unit.SessionCookie.ShouldBeNull();
    }

    [Fact]
    public async Task Init_MonolithHangs_IsGivenUpAndTheFileIsWritten()
    {
        var run = new CliRun();
        run.Edge.Answers(async cancellation =>
        {
            run.Time.Elapse();
            await Task.Delay(Timeout.Infinite, cancellation);
            throw new InvalidOperationException("not reached");
        });

        (await run.RunAsync("init", Legacy, "--out", Out)).ShouldBe(0);

        Unwrapped(run.Out).ShouldContain("does not answer (no answer within 3 s)");
        File.Exists(Out).ShouldBeTrue();
    }

    [Fact]
    public async Task Init_FileExists_IsLeftAloneAndNobodyIsAsked()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Out)!);
        await File.WriteAllTextAsync(Out, "mine", TestContext.Current.CancellationToken);
        var run = new CliRun();

        (await run.RunAsync("init", Legacy, "--out", Out)).ShouldBe(1);

        (await File.ReadAllTextAsync(Out, TestContext.Current.CancellationToken)).ShouldBe("mine");
        run.Error.ShouldBe($"strangler: {Out} exists already; nothing was written. Name another file with --out.\n");
        run.Edge.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task Init_Editor_FindsTheSchemaWhereTheFirstLineSays()
    {
        var run = new CliRun();
        run.Edge.Answers(_ => throw new HttpRequestException("no"));

        await run.RunAsync("init", Legacy, "--out", Out);

        var first = (await File.ReadAllLinesAsync(Out, TestContext.Current.CancellationToken))[0];
        var schema = Path.Combine(Path.GetDirectoryName(Out)!, first.Split("$schema=")[1]);
        JsonNode.DeepEquals(JsonNode.Parse(await File.ReadAllTextAsync(schema, TestContext.Current.CancellationToken)), RulesSchema.Document).ShouldBeTrue();
    }

    [Theory]
    [InlineData("localhost:5100", "is no address of a monolith")]
    [InlineData("http://127.0.0.1:5100/shop", "is no address of a monolith")]
    [InlineData("http://user:hidden@127.0.0.1:5100", "LEGACY_URL is no address of a monolith")]
    [InlineData("http://a\"b:80", "is no address of a monolith")]
    [InlineData("http://localhost:8080", "is the edge itself")]
    public async Task Init_AddressThatCannotBe_IsAUsageErrorAndWritesNothing(string url, string says)
    {
        var run = new CliRun();

        (await run.RunAsync("init", url, "--out", Out)).ShouldBe(2);

        run.Error.ShouldContain(says);
        run.Error.ShouldNotContain("hidden");
        _folder.EnumerateFileSystemInfos().ShouldBeEmpty();
        run.Edge.Asked.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Cart")]
    [InlineData("a b")]
    [InlineData("x: {")]
    [InlineData("a\nb")]
    public async Task Init_NameThatNoCapabilityHas_IsAUsageError(string name)
    {
        var run = new CliRun();

        (await run.RunAsync("init", Legacy, "--out", Out, "--capability", name)).ShouldBe(2);

        _folder.EnumerateFileSystemInfos().ShouldBeEmpty();
    }

    [Fact]
    public async Task Init_FolderCannotBeMade_SaysSo()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "rules"), "a file", TestContext.Current.CancellationToken);
        var run = new CliRun();
        run.Edge.Answers(_ => throw new HttpRequestException("no"));

        (await run.RunAsync("init", Legacy, "--out", Out)).ShouldBe(1);

        run.Error.ShouldStartWith($"strangler: {Out} cannot be written: ");
    }

    private static HttpResponseMessage Page(params string[] cookies)
    {
        var page = new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("") };
        page.Headers.TryAddWithoutValidation("Set-Cookie", cookies);
        return page;
    }

    private static string Unwrapped(string text) => text.ReplaceLineEndings(" ");
}
