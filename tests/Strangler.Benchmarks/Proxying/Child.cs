using System.Diagnostics;
using System.Globalization;

namespace Strangler.Benchmarks.Proxying;

/// <summary>A process of the measurement on one core, ended with it, and what it has used of that core.</summary>
internal sealed class Child : IDisposable
{
    // USER_HZ, which Linux fixes for /proc (man 5 proc).
    private const double TicksPerSecond = 100;
    private const int UserTime = 13;
    private const int SystemTime = 14;

    private readonly Process _process;

    private Child(Process process) => _process = process;

    /// <summary>Starts a .NET assembly on a core.</summary>
    public static Child Start(int core, string assembly, params IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo("taskset") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in (string[])["-c", core.ToString(CultureInfo.InvariantCulture), "dotnet", assembly, .. arguments]) start.ArgumentList.Add(argument);
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) => Console.Error.WriteLine(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new Child(process);
    }

    /// <summary>User and system time since it started.</summary>
    public TimeSpan CpuTime()
    {
        // The name in brackets may hold spaces; the fields are counted behind it.
        var text = File.ReadAllText($"/proc/{_process.Id}/stat");
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        var ticks = long.Parse(fields[UserTime - 2], CultureInfo.InvariantCulture) + long.Parse(fields[SystemTime - 2], CultureInfo.InvariantCulture);
        return TimeSpan.FromSeconds(ticks / TicksPerSecond);
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }
}
