using System.Diagnostics;

namespace Strangler.Demo.Processes;

/// <summary>
/// A child in a session of its own, so that a Ctrl-C on the terminal reaches only us, with its output in a file, so that it
/// outlives a broken pipe.
/// </summary>
public sealed class ChildProcess : IAsyncDisposable
{
    // The child writes its own pid file before it becomes the program: a starter killed in between cannot lose track of it.
    private const string Launcher = """
        cat /proc/$$/stat >"$1.new" && mv "$1.new" "$1" || exit 1
        log=$2
        shift 2
        exec "$@" </dev/null >>"$log" 2>&1
        """;

    private readonly ChildCommand _command;
    private readonly Process _process;

    private ChildProcess(ChildCommand command, Process process)
    {
        _command = command;
        _process = process;
        Id = process.Id;
    }

    /// <summary>The process id.</summary>
    public int Id { get; }

    /// <summary>The name people read.</summary>
    public string Name => _command.Name;

    /// <summary>Where its output goes.</summary>
    public string LogFile => _command.LogFile;

    /// <summary>Whether it has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>The exit code; only after it has ended.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>Starts a child.</summary>
    public static ChildProcess Start(ChildCommand command)
    {
        var start = new ProcessStartInfo("setsid") { UseShellExecute = false, WorkingDirectory = "/" };
        foreach (var argument in (string[])["sh", "-c", Launcher, "sh", command.PidFile, command.LogFile, .. command.Command])
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in command.Environment)
        {
            start.Environment[name] = value;
        }

        return new ChildProcess(command, Process.Start(start)!);
    }

    /// <summary>Starts a command and waits for its end; ended by SIGTERM when the wait is cancelled.</summary>
    /// <exception cref="ChildFailedException">It ended with another exit code than 0.</exception>
    public static async Task RunAsync(ChildCommand command, CancellationToken cancellation)
    {
        await using var child = Start(command);
        await child.WaitForExitAsync(cancellation);
        if (child.ExitCode != 0)
        {
            throw new ChildFailedException(command.Name, child.ExitCode, command.LogFile);
        }
    }

    /// <summary>Waits until it has ended by itself.</summary>
    public Task WaitForExitAsync(CancellationToken cancellation) => _process.WaitForExitAsync(cancellation);

    /// <summary>Sends a signal; nothing happens when it has ended.</summary>
    public void Signal(UnixSignal signal)
    {
        if (!_process.HasExited)
        {
            Libc.Signal(Id, signal);
        }
    }

    /// <summary>Asks it to end and kills it when it has not done so in time. Does not return before it has ended.</summary>
    /// <returns>Whether it ended without being killed.</returns>
    public async Task<bool> StopAsync(UnixSignal signal, TimeSpan patience)
    {
        Signal(signal);
        using var deadline = new CancellationTokenSource(patience);
        try
        {
            await _process.WaitForExitAsync(deadline.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            Signal(UnixSignal.Kill);
            await _process.WaitForExitAsync(CancellationToken.None);
            return false;
        }
        finally
        {
            File.Delete(_command.PidFile);
        }
    }

    /// <summary>Stops the child when it still runs.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(UnixSignal.Terminate, TimeSpan.FromSeconds(10));
        _process.Dispose();
    }
}
