using System.Diagnostics;
using Shouldly;

namespace Strangler.IntegrationTests.Units;

/// <summary>What the real program says about keys and headers that it cannot use, and that it says it before it serves anybody.</summary>
public sealed class HostOptionTests : IDisposable
{
    private const string Rules = "apiVersion: strangler/v1\nlegacy: { destinations: [\"http://127.0.0.1:9\"] }\nunit: { visitor: mint }\n";
    private const string ShortKey = "c2VjcmV0LXNlY3JldA==";

    private readonly string _folder = Directory.CreateTempSubdirectory("host-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Start_BadVisitorKeyFile_NamesTheLineAndNotTheKeyAndExitsWithOne()
    {
        var file = Path.Combine(_folder, "keys");
        await File.WriteAllTextAsync(file, $"# ours\nk1:{ShortKey}\n", TestContext.Current.CancellationToken);

        var (code, error) = await RunAsync("STRANGLER_VISITOR_KEYS_FILE", file);

        code.ShouldBe(1);
        error.TrimEnd().ShouldBe("strangler edge: visitor keys: line 2: the key 'k1' has 13 bytes, at least 32 are needed: openssl rand -base64 32");
    }

    [Fact]
    public async Task Start_VisitorKeyFileIsNotThere_SaysWhichVariableNamesIt()
    {
        var (code, error) = await RunAsync("STRANGLER_VISITOR_KEYS_FILE", Path.Combine(_folder, "nowhere"));

        code.ShouldBe(1);
        error.ShouldStartWith("strangler edge: STRANGLER_VISITOR_KEYS_FILE: ");
    }

    [Theory]
    [InlineData("X Shopper")]
    [InlineData("")]
    [InlineData("Cookie")]
    public async Task Start_UnitHeaderThatCanBeNone_IsRefused(string name)
    {
        var (code, error) = await RunAsync("unit-header", name);

        code.ShouldBe(1);
        error.TrimEnd().ShouldBe($"strangler edge: --unit-header is '{name}', which can be no header for the unit; for example X-Shopper");
    }

    private async Task<(int Code, string Error)> RunAsync(string variable, string value)
    {
        var rules = Path.Combine(_folder, "rules.yaml");
        await File.WriteAllTextAsync(rules, Rules, TestContext.Current.CancellationToken);
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { [variable] = value },
        };
        string[] arguments =
        [
            Path.Combine(AppContext.BaseDirectory, "Strangler.Host.dll"),
            "--rules", rules, "--state", Path.Combine(_folder, "state"), "--urls", "http://127.0.0.1:0", "--management", "http://127.0.0.1:0",
        ];
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await output;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, error);
    }
}
