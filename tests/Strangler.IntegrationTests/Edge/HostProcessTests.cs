using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Shouldly;
using Strangler.Demo.Clusters;
using Strangler.IntegrationTests.Sync;

namespace Strangler.IntegrationTests.Edge;

/// <summary>The real program: what it says and with which code it ends.</summary>
public sealed class HostProcessTests : IDisposable
{
    private const string Valid = "apiVersion: strangler/v1\nlegacy: { destinations: [\"http://127.0.0.1:9\"] }\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("host-").FullName;

    private string Rules => Path.Combine(_folder, "rules.yaml");

    private string State => Path.Combine(_folder, "state");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Start_RulesWithErrors_ListsAllAndExitsWithThree()
    {
        await WriteRulesAsync("apiVersion: strangler/v2\nlegacy: { destinations: [nowhere] }\n");

        var (code, error, _) = await RunAsync();

        code.ShouldBe(3);
        error.TrimEnd().Split('\n').ShouldBe(
        [
            $"{Rules}:1:13 bad-value 'apiVersion' is 'strangler/v2' (this version reads strangler/v1)",
            $"{Rules}:2:26 bad-value a destination of 'legacy' 'nowhere' is no address of a backend (write scheme, host and port: http://127.0.0.1:5100)",
        ]);
    }

    [Fact]
    public async Task Start_StateUnreadable_SaysTheWayOutAndExitsWithOne()
    {
        await WriteRulesAsync(Valid);
        Directory.CreateDirectory(Path.Combine(State, "plans"));
        await File.WriteAllTextAsync(Path.Combine(State, "plans", "1.plan"), "{", TestContext.Current.CancellationToken);

        var (code, error, _) = await RunAsync();

        code.ShouldBe(1);
        error.TrimEnd().ShouldMatch("^strangler edge: the newest plan cannot be used: [^\n]* Put a good copy in its place, [^\n]*$");
    }

    [Theory]
    [InlineData("--urls")]
    [InlineData("--management")]
    public async Task Start_PortTaken_SaysSoInOneSentenceAndExitsWithOne(string option)
    {
        await WriteRulesAsync(Valid);
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}";

        var (code, error, output) = await RunAsync(option, address);

        code.ShouldBe(1);
        error.TrimEnd().ShouldBe($"strangler edge: Failed to bind to address {address}: address already in use.");
        output.ShouldNotContain("   at ");
    }

    [Theory]
    [InlineData("--management", "nowhere")]
    [InlineData("--urls", "nowhere")]
    [InlineData("--decision-header", "yes")]
    public async Task Start_OptionThatMakesNoSense_SaysSoInOneSentenceAndExitsWithOne(string option, string value)
    {
        await WriteRulesAsync(Valid);

        var (code, error, _) = await RunAsync(option, value);

        code.ShouldBe(1);
        error.TrimEnd().ShouldMatch($"^strangler edge: [^\n]*{value}[^\n]*$");
    }

    [Fact]
    public async Task Start_BackendsDown_StartsSaysSoAndEndsCleanlyEvenWhileStarting()
    {
        var legacy = $"http://127.0.0.1:{FreePort.Next()}";
        await WriteRulesAsync($"apiVersion: strangler/v1\nlegacy: {{ destinations: [\"{legacy}\"] }}\n");
        using var process = Start();
        var said = new StringBuilder();
        process.OutputDataReceived += (_, line) =>
        {
            lock (said) said.AppendLine(line.Data);
        };
        process.BeginOutputReadLine();

        await Eventually.TrueAsync("the missing backend to be named", () =>
        {
            lock (said) return said.ToString().Contains($"legacy {legacy}/ does not answer", StringComparison.Ordinal);
        }, said.ToString);
        process.HasExited.ShouldBeFalse();
        using var terminate = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        process.ExitCode.ShouldBe(0);
    }

    private Task WriteRulesAsync(string text) => File.WriteAllTextAsync(Rules, text, TestContext.Current.CancellationToken);

    private async Task<(int Code, string Error, string Output)> RunAsync(params string[] more)
    {
        using var process = Start(more);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, error, await output);
    }

    private Process Start(params string[] more)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        var all = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["--rules"] = Rules,
            ["--state"] = State,
            ["--urls"] = "http://127.0.0.1:0",
            ["--management"] = "http://127.0.0.1:0",
        };
        for (var i = 0; i < more.Length; i += 2) all[more[i]] = more[i + 1];
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Strangler.Host.dll"));
        foreach (var (name, value) in all)
        {
            start.ArgumentList.Add(name);
            start.ArgumentList.Add(value);
        }

        return Process.Start(start)!;
    }
}
