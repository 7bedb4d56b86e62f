using System.Diagnostics;
using System.Text;
using Shouldly;
using Strangler.Demo.Clusters;
using Strangler.IntegrationTests.Sync;

namespace Strangler.IntegrationTests.Edge;

/// <summary>What the real program does with the options that decide how its rules are read.</summary>
public sealed class RulesOptionsTests : IDisposable
{
    private const string Valid = "apiVersion: strangler/v1\nlegacy: { destinations: [\"http://127.0.0.1:9\"] }\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("rules-").FullName;

    private string Rules => Path.Combine(_folder, "rules");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("--urls")]
    [InlineData("--management")]
    public async Task Start_LegacyIsTheEdgeItself_IsRefused(string option)
    {
        var port = FreePort.Next();
        await WriteAsync("a.yaml", Valid.Replace("127.0.0.1:9", $"localhost:{port}", StringComparison.Ordinal));

        var (code, error) = await RunAsync(option, $"http://127.0.0.1:{port}");

        code.ShouldBe(3);
        error.ShouldStartWith($"{Path.Combine(Rules, "a.yaml")}:2:26 loop ");
    }

    [Fact]
    public async Task Start_UnknownEnvironment_IsRefused()
    {
        await WriteAsync("a.yaml", Valid);
        await WriteAsync("b.yaml", "apiVersion: strangler/v1\nenvironment: staging\nlegacy: { capacity: 7 }\n");

        var (code, error) = await RunAsync("--rules-environment", "stagin");

        code.ShouldBe(3);
        error.ShouldContain("unknown-environment no file is for the environment 'stagin' (did you mean 'staging'?)");
    }

    [Fact]
    public async Task Start_ErrorInTheChosenOverlay_PointsIntoIt()
    {
        await WriteAsync("a.yaml", Valid);
        await WriteAsync("b.yaml", "apiVersion: strangler/v1\nenvironment: staging\nlegacy: { capacity: many }\n");

        var (code, error) = await RunAsync("--rules-environment", "staging");

        code.ShouldBe(3);
        error.ShouldStartWith($"{Path.Combine(Rules, "b.yaml")}:3:21 bad-value ");
    }

    [Fact]
    public async Task Start_OnlyWarnings_StartsAndSaysThem()
    {
        await WriteAsync("a.yaml", Valid + """
            capabilities:
              catalog:
                new: { destinations: ["http://127.0.0.1:9"] }
                operations: [ { match: "GET /a", semantics: safe } ]
                shadow: { sample: 0%, control: 5% }
            """);
        using var process = Start();
        var said = new StringBuilder();
        process.OutputDataReceived += (_, line) =>
        {
            lock (said) said.AppendLine(line.Data);
        };
        process.BeginOutputReadLine();

        await Eventually.TrueAsync("the warning", () =>
        {
            lock (said) return said.ToString().Contains("a.yaml:7:36 warning conflict 'control'", StringComparison.Ordinal);
        }, said.ToString);

        // Before that a signal finds nobody who would end the process well.
        await Eventually.TrueAsync("the edge to have started", () =>
        {
            lock (said) return said.ToString().Contains("Application started", StringComparison.Ordinal);
        }, said.ToString);
        process.HasExited.ShouldBeFalse();
        using var terminate = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        process.ExitCode.ShouldBe(0);
    }

    private async Task WriteAsync(string name, string text)
    {
        Directory.CreateDirectory(Rules);
        await File.WriteAllTextAsync(Path.Combine(Rules, name), text, TestContext.Current.CancellationToken);
    }

    private async Task<(int Code, string Error)> RunAsync(string option, string value)
    {
        using var process = Start(option, value);
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, error);
    }

    private Process Start(params string[] more)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        List<string> all = [Path.Combine(AppContext.BaseDirectory, "Strangler.Host.dll"), "--rules", Rules, "--state", Path.Combine(_folder, "state")];
        foreach (var option in new[] { "--urls", "--management" }.Except(more, StringComparer.Ordinal)) all.AddRange([option, "http://127.0.0.1:0"]);
        foreach (var argument in all.Concat(more)) start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }
}
