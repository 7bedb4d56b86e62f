using Shouldly;
using Xunit;

namespace Strangler.UnitTests.Cli;

public sealed class CompletionTests
{
    [Theory]
    [InlineData("pro", "promote")]
    [InlineData("promote --to sh", "shadow")]
    [InlineData("token create ci --role mig", "migrator")]
    [InlineData("preview pro", "promote")]
    [InlineData("sync comp", "compare")]
    [InlineData("sync deadletters dr", "drop")]
    [InlineData("sync compare catalog --ad", "--adapters")]
    [InlineData("completion f", "fish")]
    [InlineData("status -o js", "json")]
    [InlineData("hold catalog --rel", "--release")]
    public async Task Suggest_BeginningOfAWord_NamesTheRest(string line, string expected)
    {
        var run = new CliRun();

        (await run.RunAsync($"[suggest:{line.Length}]", line)).ShouldBe(0);

        run.Out.Split('\n').ShouldContain(expected);
        run.Edge.Asked.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    [InlineData("pwsh")]
    public async Task Completion_EveryShell_IsTheScriptOfTheGoldenFile(string shell)
    {
        var run = new CliRun();

        (await run.RunAsync("completion", shell)).ShouldBe(0);

        var golden = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Cli", "golden", "completion." + shell), TestContext.Current.CancellationToken);
        run.Out.ShouldBe(golden);
    }
}
