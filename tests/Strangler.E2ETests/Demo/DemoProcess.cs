using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Strangler.Demo.Processes;

namespace Strangler.E2ETests.Demo;

/// <summary>The demo as a process of its own, with everything that it printed.</summary>
internal sealed class DemoProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(170);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly string _mark = $"STRANGLER_E2E_{Guid.NewGuid():N}";

    private DemoProcess(string program, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(program)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        // Whatever the demo starts inherits this, however deep: that is how the tests find what it left running.
        start.Environment[_mark] = "1";
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Append(line.Data);
        _process.ErrorDataReceived += (_, line) => Append(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Standard output and standard error until now.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Its process id.</summary>
    public int Id => _process.Id;

    /// <summary>Starts the demo's program.</summary>
    public static DemoProcess Start(params IReadOnlyList<string> arguments) =>
        new("dotnet", [Path.Combine(AppContext.BaseDirectory, "Strangler.Demo.dll"), .. arguments]);

    /// <summary>Starts any program.</summary>
    public static DemoProcess StartProgram(string program, params IReadOnlyList<string> arguments) => new(program, arguments);

    /// <summary>Waits for its end.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> WaitForExitAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    /// <summary>Waits until it has printed a text.</summary>
    public async Task WaitForOutputAsync(string text)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!Output.Contains(text, StringComparison.Ordinal))
        {
            if (_process.HasExited || TimeProvider.System.GetElapsedTime(started) > Patience)
            {
                throw new InvalidOperationException($"The demo did not print \"{text}\" but:\n{Output}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Sends it a signal.</summary>
    public void Signal(PosixSignal signal)
    {
        using var kill = Process.Start("kill", [signal == PosixSignal.SIGINT ? "-INT" : "-TERM", $"{_process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>Kills it with SIGKILL, it alone.</summary>
    public async Task Kill9Async()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>The processes that it started and that still run, and theirs.</summary>
    public IReadOnlyList<string> LeftRunning() =>
    [
        .. ProcessIdentity.All()
            .Where(p => p.IsAlive && p.Id != _process.Id && IsMarked(p.Id))
            .Select(p => $"{p.Id} {string.Join(' ', p.CommandLine.Take(3))}"),
    ];

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            Signal(PosixSignal.SIGTERM);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private bool IsMarked(int processId)
    {
        try
        {
            return File.ReadAllText($"/proc/{processId}/environ").Contains(_mark, StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private void Append(string? line)
    {
        if (line is not null)
        {
            lock (_output)
            {
                _output.AppendLine(line);
            }
        }
    }
}
