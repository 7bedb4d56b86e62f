using System.Diagnostics;
using Strangler.Demo.Clusters;

namespace Strangler.E2ETests.Readme;

/// <summary>Backends that are not ours and an edge in front of them, started by the lines of a page; no database.</summary>
internal sealed class OwnMonolith : IAsyncDisposable
{
    private readonly Dictionary<int, int> _ports = new int[] { 8080, 8081, 9000, 9001 }.ToDictionary(port => port, _ => FreePort.Next());
    private readonly List<Process> _running = [];

    private OwnMonolith() => Shell = new ReadmeShell(_ports);

    /// <summary>The reader's shell.</summary>
    public ReadmeShell Shell { get; }

    public static void SkipWithoutItsTools() =>
        Assert.SkipUnless(IsInstalled("python3") && IsInstalled("curl"), "the pages' own monolith needs python3 and curl");

    /// <summary>Saves the rules as <c>mine.yaml</c> and runs the lines; those that end with an ampersand go on until the end.</summary>
    public static async Task<OwnMonolith> StartAsync(IEnumerable<string> rules, IEnumerable<string> lines)
    {
        var monolith = new OwnMonolith();
        var shell = monolith.Shell;
        await File.WriteAllLinesAsync(shell.InFolder("mine.yaml"), rules.Select(shell.WithPorts), TestContext.Current.CancellationToken);
        try
        {
            foreach (var line in lines)
            {
                if (line.EndsWith('&')) monolith._running.Add(shell.Start("exec " + monolith.Foreground(line)));
                else await shell.RunAsync(line);
            }

            await shell.RunUntilAsync("curl -s http://127.0.0.1:8081/readyz || true", "ok");
        }
        catch
        {
            await monolith.DisposeAsync();
            throw;
        }

        return monolith;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _running)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            process.Dispose();
        }

        Shell.Dispose();
    }

    private static bool IsInstalled(string program) =>
        Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));

    // The edge of the page has the usual ports and remembers its state; this one has its own.
    private string Foreground(string line)
    {
        var command = Shell.WithPorts(line.TrimEnd('&', ' '));
        return command.Contains("strangler run", StringComparison.Ordinal)
            ? $"{command} --state {Shell.InFolder("state")} --urls http://127.0.0.1:{_ports[8080]} --management http://127.0.0.1:{_ports[8081]}"
            : command;
    }
}
