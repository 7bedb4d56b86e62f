using Microsoft.Extensions.Logging;
using Strangler.Proxy.Telemetry;

namespace Strangler.Proxy.Plans;

/// <summary>
/// Watches the file <c>kill</c> in the state folder: one capability per line, <c>*</c> for all, <c>#</c> begins a comment. What stands in it
/// is killed here at once and stays down; taking it out raises nothing.
/// </summary>
internal sealed class KillFile(ControlPlane control, LocalState local, TimeProvider time, ILogger<KillFile> log) : EdgeLoop
{
    private const string Everything = "*";
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);

    private readonly HashSet<string> _said = new(StringComparer.Ordinal);

    protected override async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(LookEvery, time);
        do Look();
        while (await timer.WaitForNextTickAsync(stop));
    }

    /// <summary>Reads the file as it is now and kills what it names.</summary>
    internal void Look()
    {
        if (!File.Exists(local.KillFile)) return;
        try
        {
            var lines = File.ReadLines(local.KillFile).Select(line => line.Split('#')[0].Trim()).Where(line => line.Length > 0).ToHashSet(StringComparer.Ordinal);
            var known = control.Plans.Current.Capabilities.Select(c => c.Rules.Name).ToList();
            foreach (var unknown in lines.Where(line => line != Everything && !known.Contains(line, StringComparer.Ordinal)))
            {
                if (_said.Add(unknown)) log.KillFileNamesUnknown(unknown);
            }

            control.KillHere(lines.Contains(Everything) ? known : [.. known.Where(lines.Contains)], "kill file", $"named in {local.KillFile}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            if (_said.Add(error.Message)) log.KillFileUnreadable(error.Message);
        }
    }
}
