using System.Diagnostics;

namespace Strangler.IntegrationTests.Cli;

/// <summary>The built edge in a process of its own, on ports that were free, with one capability and no backend behind it.</summary>
internal sealed class RealEdge : IAsyncDisposable
{
    private const string Token = "integration-token";
    private const string Listening = "Now listening on: ";

    private const string Rules = """
        apiVersion: strangler/v1
        legacy: { destinations: ["http://127.0.0.1:9"] }
        unit: { session: { cookie: Session } }
        capabilities:
          catalog:
            new: { destinations: ["http://127.0.0.1:9"] }
            operations:
              - { match: "GET /api/products/{sku}", semantics: safe }
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cli-edge-");
    private Process? _process;

    /// <summary>Path of its rules file.</summary>
    public string RulesFile => Path.Combine(_folder.FullName, "rules.yaml");

    /// <summary>What a shell needs to use this edge.</summary>
    public Dictionary<string, string?> Variables { get; } = new(StringComparer.Ordinal) { ["STRANGLER_TOKEN"] = Token };

    public static async Task<RealEdge> StartAsync()
    {
        var edge = new RealEdge();
        await File.WriteAllTextAsync(edge.RulesFile, Rules, TestContext.Current.CancellationToken);
        await edge.RunAsync();
        return edge;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill();
            await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        _process?.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task RunAsync()
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["STRANGLER_ADMIN_TOKEN"] = Token },
        };
        string[] args =
        [
            Path.Combine(AppContext.BaseDirectory, "Strangler.Host.dll"),
            "--rules", RulesFile,
            "--state", Path.Combine(_folder.FullName, "state"),
            "--urls", "http://127.0.0.1:0",
            "--management", "http://127.0.0.1:0",
        ];
        foreach (var arg in args)
        {
            start.ArgumentList.Add(arg);
        }

        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginErrorReadLine();
        Variables["STRANGLER_URL"] = await ManagementAddressAsync();
    }

    // The management server is a hosted service, and so listens before the edge itself does.
    private async Task<string> ManagementAddressAsync()
    {
        var found = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        _process!.OutputDataReceived += (_, line) =>
        {
            if (line.Data is null)
            {
                found.TrySetException(new InvalidOperationException("The edge ended before it listened."));
            }
            else if (line.Data.Contains(Listening, StringComparison.Ordinal))
            {
                found.TrySetResult(line.Data.Split(Listening)[1].Trim());
            }
        };
        _process.BeginOutputReadLine();
        return await found.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
    }
}
