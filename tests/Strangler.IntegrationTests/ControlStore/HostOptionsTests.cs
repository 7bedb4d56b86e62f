using System.Diagnostics;
using Shouldly;

namespace Strangler.IntegrationTests.ControlStore;

/// <summary>What the real program says about its control store.</summary>
public sealed class HostOptionsTests(SharedClusters clusters) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("options-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Start_PostgresWithoutConnectionString_SaysWhereItBelongs()
    {
        var (code, error) = await StartAsync(null);

        code.ShouldBe(1);
        error.ShouldBe("strangler edge: --control-store postgres needs its connection string in STRANGLER_CONTROL_STORE, or the path of a file with it in STRANGLER_CONTROL_STORE_FILE\n");
    }

    [Fact]
    public async Task Start_SchemaMissing_SaysInOneSentenceWhatToRun()
    {
        var database = await clusters.EmptyControlAsync();

        var (code, error) = await StartAsync(database.ConnectionStringFor(StoreLab.Role));

        code.ShouldBe(1);
        error.ShouldMatch("^strangler edge: the control store at [^\n]* has no schema 'strangler', [^\n]*: Strangler\\.Host --print-control-schema strangler_edge \\| psql DATABASE\\. [^\n]*\n$");
    }

    private async Task<(int Code, string Error)> StartAsync(string? store)
    {
        await File.WriteAllTextAsync(
            Path.Combine(_folder, "rules.yaml"), "apiVersion: strangler/v1\nlegacy: { destinations: [\"http://127.0.0.1:9\"] }\n", TestContext.Current.CancellationToken);
        var start = new ProcessStartInfo("dotnet",
        [
            Path.Combine(AppContext.BaseDirectory, "Strangler.Host.dll"), "--rules", Path.Combine(_folder, "rules.yaml"), "--state", Path.Combine(_folder, "state"),
            "--urls", "http://127.0.0.1:0", "--management", "http://127.0.0.1:0", "--control-store", "postgres",
        ]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["STRANGLER_CONTROL_STORE"] = store;
        using var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, error);
    }
}
