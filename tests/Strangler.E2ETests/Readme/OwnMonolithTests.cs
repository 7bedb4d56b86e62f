using System.Diagnostics;
using Shouldly;
using Strangler.Demo.Clusters;

namespace Strangler.E2ETests.Readme;

/// <summary>"Your own monolith": the README's lines, one after the other, with backends that are not ours and no database.</summary>
public sealed class OwnMonolithTests
{
    private readonly Dictionary<int, int> _ports = new int[] { 8080, 8081, 9000, 9001 }.ToDictionary(port => port, _ => FreePort.Next());

    [Fact]
    public async Task Readme_OwnMonolith_IsComparedMovedAndTakenBack()
    {
        Assert.SkipUnless(IsInstalled("python3") && IsInstalled("curl"), "the README's own monolith needs python3 and curl");
        var rules = ReadmeFile.Blocks("yaml").Single();
        var start = ReadmeFile.Blocks("sh").Single(block => block.Any(line => line.Contains("http.server", StringComparison.Ordinal)));
        var play = ReadmeFile.Blocks("sh").Single(block => block.Any(line => line.Contains("promote reports", StringComparison.Ordinal)));
        using var shell = new ReadmeShell(_ports);
        await File.WriteAllLinesAsync(shell.InFolder("mine.yaml"), rules.Select(shell.WithPorts), TestContext.Current.CancellationToken);
        var running = new List<Process>();
        try
        {
            foreach (var line in start)
            {
                if (line.EndsWith('&')) running.Add(shell.Start("exec " + Foreground(shell, line)));
                else await shell.RunAsync(line);
            }

            await shell.RunUntilAsync("curl -s http://127.0.0.1:8081/readyz || true", "ok");
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
        finally
        {
            foreach (var process in running)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync(CancellationToken.None);
                process.Dispose();
            }
        }
    }

    private static bool IsInstalled(string program) =>
        Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));

    // The edge of the README has the usual ports and remembers its state; this one has its own.
    private string Foreground(ReadmeShell shell, string line)
    {
        var command = shell.WithPorts(line.TrimEnd('&', ' '));
        return command.Contains("strangler run", StringComparison.Ordinal)
            ? $"{command} --state {shell.InFolder("state")} --urls http://127.0.0.1:{_ports[8080]} --management http://127.0.0.1:{_ports[8081]}"
            : command;
    }
}
