using System.CommandLine.Parsing;
using System.Net;
using Shouldly;
using Xunit;

namespace Strangler.UnitTests.Cli;

public sealed class UsageTests
{
    public static TheoryData<string> Verbs { get; } =
    [
        "status", "preview", "promote", "hold", "shrink", "rollback", "kill", "include", "exclude", "diffs", "explain", "init", "validate", "apply", "plans", "audit", "token",
        "completion",
    ];

    /// <summary>Every verb below another one.</summary>
    public static TheoryData<string> Inner { get; } =
    [
        "preview promote", "preview hold", "preview shrink", "preview rollback", "preview kill", "preview include", "preview exclude",
        "audit verify", "token create", "token list", "token revoke",
    ];

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
    [InlineData("plans --limit 501")]
    [InlineData("plans x")]
    [InlineData("audit --limit x")]
    [InlineData("audit verify --head abc")]
    [InlineData("shrink catalog --yes --reason x")]
    [InlineData("shrink catalog --share 100 --yes --reason x")]
    [InlineData("include catalog --yes --reason x")]
    [InlineData("exclude catalog --remove --yes --reason x")]
    [InlineData("preview")]
    [InlineData("preview promote")]
    [InlineData("preview promote catalog --share 101")]
    [InlineData("token")]
    [InlineData("token create ci")]
    [InlineData("token create ci --role root")]
    [InlineData("token create ci --role viewer --expires soon")]
    [InlineData("token create ci --role viewer --expires 0d")]
    [InlineData("completion")]
    [InlineData("completion tcsh")]
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
    [MemberData(nameof(Inner))]
    public async Task Help_EveryVerb_EndsWithAnExampleThatParses(string verb)
    {
        var run = new CliRun();

        (await run.RunAsync([.. verb.Split(' '), "--help"])).ShouldBe(0);

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
