using System.Diagnostics;

namespace Strangler.E2ETests.Readme;

/// <summary>A reader's shell: a folder with the repository's command in it, and the README's addresses led to free ports.</summary>
internal sealed class ReadmeShell : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("strangler-readme-");
    private readonly IReadOnlyDictionary<int, int> _ports;
    private readonly string? _tokenFile;

    /// <summary>Opens the shell.</summary>
    /// <param name="ports">The port to use for each port that the README names.</param>
    /// <param name="tokenFile">The admin token; null for the one that the command finds by itself.</param>
    public ReadmeShell(IReadOnlyDictionary<int, int> ports, string? tokenFile = null)
    {
        _ports = ports;
        _tokenFile = tokenFile;
        File.CreateSymbolicLink(InFolder("strangler"), Path.Combine(ReadmeFile.Root, "strangler"));
    }

    /// <summary>A path in the shell's folder.</summary>
    public string InFolder(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>A text of the README with this shell's ports.</summary>
    public string WithPorts(string text) => _ports.Aggregate(text, (current, port) =>
        current.Replace($"{port.Key}", $"{port.Value}", StringComparison.Ordinal));

    /// <summary>Runs a line to its end.</summary>
    /// <returns>What it printed, standard error included.</returns>
    public async Task<string> RunAsync(string line)
    {
        using var process = Start($"{WithPorts(line)} 2>&1");
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"'{line}' ended with {process.ExitCode}: {output}");
    }

    /// <summary>Runs a line again and again until it prints a text.</summary>
    public async Task<string> RunUntilAsync(string line, string text)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var output = await RunAsync(line);
            if (output.Contains(text, StringComparison.Ordinal)) return output;
            if (TimeProvider.System.GetElapsedTime(started) > Patience) throw new InvalidOperationException($"'{line}' never printed '{text}' but: {output}");
        }
    }

    /// <summary>Starts a line that goes on in the background; the caller ends it.</summary>
    public Process Start(string line)
    {
        var start = new ProcessStartInfo("bash", ["-c", line])
        {
            WorkingDirectory = _folder.FullName,
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        start.Environment["STRANGLER_URL"] = WithPorts("http://127.0.0.1:8081");
        if (_tokenFile is not null) start.Environment["STRANGLER_TOKEN_FILE"] = _tokenFile;
        return Process.Start(start)!;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
