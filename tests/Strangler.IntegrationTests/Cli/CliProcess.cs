using System.Diagnostics;

namespace Strangler.IntegrationTests.Cli;

/// <summary>The built command, run as a shell runs it: its own process, its output in pipes, nobody at the keyboard.</summary>
internal static class CliProcess
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Runs the command to its end.</summary>
    /// <param name="variables">Environment variables; null takes one away.</param>
    /// <param name="args">The command line.</param>
    public static async Task<CliOutcome> RunAsync(IReadOnlyDictionary<string, string?> variables, params string[] args)
    {
        using var process = Start(variables, args);
        process.StandardInput.Close();
        return await EndOfAsync(process);
    }

    /// <summary>Starts the command; the caller ends and disposes it.</summary>
    public static Process Start(IReadOnlyDictionary<string, string?> variables, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "strangler.dll"));
        foreach (var arg in args)
        {
            start.ArgumentList.Add(arg);
        }

        foreach (var name in (string[])["STRANGLER_URL", "STRANGLER_TOKEN", "STRANGLER_TOKEN_FILE", "NO_COLOR", "COLUMNS"])
        {
            start.Environment.Remove(name);
        }

        // A terminal that could show colour: that nothing is coloured must come from the pipe alone.
        start.Environment["TERM"] = "xterm-256color";
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>Waits for the end and collects what was written.</summary>
    public static async Task<CliOutcome> EndOfAsync(Process process)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(Patience);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(deadline.Token);
            var error = process.StandardError.ReadToEndAsync(deadline.Token);
            await process.WaitForExitAsync(deadline.Token);
            return new CliOutcome(process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }
}
