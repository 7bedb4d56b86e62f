using Shouldly;

namespace Strangler.E2ETests.Readme;

/// <summary>"Your own monolith": the README's lines, one after the other, with backends that are not ours and no database.</summary>
public sealed class OwnMonolithTests
{
    [Fact]
    public async Task Readme_OwnMonolith_IsComparedMovedAndTakenBack()
    {
        OwnMonolith.SkipWithoutItsTools();
        var rules = ReadmeFile.Blocks("yaml").Single();
        var start = ReadmeFile.Blocks("sh").Single(block => block.Any(line => line.Contains("http.server", StringComparison.Ordinal)));
        var play = ReadmeFile.Blocks("sh").Single(block => block.Any(line => line.Contains("promote reports", StringComparison.Ordinal)));
        await using var monolith = await OwnMonolith.StartAsync(rules, start);
        var shell = monolith.Shell;
        await shell.RunUntilAsync("curl -s http://127.0.0.1:8080/reports/may.json", "10");
        await shell.RunUntilAsync("curl -s http://127.0.0.1:9001/may.json || true", "11");

        (await shell.RunAsync(play[0])).ShouldContain("shadow");
        (await shell.RunAsync(play[1])).ShouldContain("10");
        var differences = await shell.RunUntilAsync(play[2], "$.total");
        differences.ShouldContain("10");
        differences.ShouldContain("11");
        (await shell.RunAsync(play[3])).ShouldContain("read-canary");
        (await shell.RunAsync(play[4])).ShouldContain("clients without identity: admitted");
        (await shell.RunAsync(play[5])).ShouldContain("11");
        await shell.RunAsync(play[6]);
        (await shell.RunAsync(play[5])).ShouldContain("10");
    }
}
