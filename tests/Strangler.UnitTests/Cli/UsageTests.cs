using System.CommandLine.Parsing;
using System.Net;
using Shouldly;
using Xunit;

namespace Strangler.UnitTests.Cli;

public sealed class UsageTests
{
    public static TheoryData<string> Verbs { get; } =
        ["status", "promote", "kill", "rollback", "diffs", "explain", "init", "validate", "apply"];

    [Theory]
    [InlineData("")]
    [InlineData("prmote")]
    [InlineData("promote")]
    [InlineData("status a b")]
    [InlineData("status -o yaml")]
    [InlineData("status --bogus")]
    [InlineData("kill --reasn x")]
    [InlineData("explain --unti GET")]
    [InlineData("promote catalog --to shdow --yes --reason x")]
    [InlineData("promote catalog --share 0 --yes --reason x")]
    [InlineData("promote catalog --share 100.1 --yes --reason x")]
    [InlineData("promote catalog --share -5 --yes --reason x")]
    [InlineData("promote catalog --share ten --yes --reason x")]
    [InlineData("promote catalog --share NaN --yes --reason x")]
    [InlineData("promote catalog --share 1e1 --yes --reason x")]
    [InlineData("rollback catalog --plan x --yes --reason x")]
    [InlineData("explain GET")]
    [InlineData("explain GET api/products")]
    [InlineData("diffs --limit 0")]
    [InlineData("init")]
    [InlineData("init http://127.0.0.1:5100 --capabilty x")]
    public async Task Run_WrongLine_ExitsWithTwoAndNamesTheHelp(string line)
    {
        var run = new CliRun();

        (await run.RunAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries))).ShouldBe(2);

        run.Out.ShouldBeEmpty();
        run.Error.ShouldStartWith("strangler: ");
        run.Error.ShouldEndWith("--help'.\n");
        run.Edge.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task Run_UnknownStage_SaysWhichThereAre()
    {
        var run = new CliRun();

        await run.RunAsync("promote", "catalog", "--to", "shdow");

        run.Error.ShouldContain(
            "There is no stage 'shdow'. Stages are: legacy, shadow, read-canary, write-canary, new-primary, retired.");
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task Help_EveryVerb_EndsWithAnExampleThatParses(string verb)
    {
        var run = new CliRun();

        (await run.RunAsync(verb, "--help")).ShouldBe(0);

        run.Out.Split('\n').ShouldAllBe(line => line.Length <= 80);
        var example = run.Out.TrimEnd().Split('\n')[^1].Trim();
        example.ShouldStartWith($"strangler {verb}");
        run.Error.ShouldBeEmpty();
        // Would write a file.
        if (verb == "init") return;
        var tried = new CliRun { Typed = "" };
        tried.Edge.Answers(HttpStatusCode.Unauthorized, "");
        await tried.RunAsync([.. CommandLineParser.SplitCommandLine(example).Skip(1)]);
        tried.Error.ShouldNotContain("--help");
    }

    [Fact]
    public async Task Help_OfAll_NamesEveryVerbAndExitCode()
    {
        var run = new CliRun();

        (await run.RunAsync("--help")).ShouldBe(0);

        foreach (var verb in Verbs)
        {
            run.Out.ShouldContain($"  {verb.Data}");
        }

        run.Out.ReplaceLineEndings(" ").ShouldContain("7 proxy unreachable");
    }

    [Fact]
    public async Task Run_CtrlC_StopsWithASentence()
    {
        using var stop = new CancellationTokenSource();
        var run = new CliRun();
        run.Edge.Answers(async cancellation =>
        {
            await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, cancellation);
            throw new InvalidOperationException("not reached");
        });

        (await run.RunUntilAsync(stop.Token, "status")).ShouldBe(1);

        run.Error.ShouldBe("Stopped.\n");
    }
}
