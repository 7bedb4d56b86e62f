namespace Strangler.Demo.Processes;

/// <summary>Finds and ends what a killed starter left running, by the pid files under its folder.</summary>
internal static class Leftovers
{
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Ends every process that a pid file under the folder names and that still is the same one.</summary>
    /// <returns>Their names and ids, such as "monolith (4711)".</returns>
    public static async Task<IReadOnlyList<string>> StopAsync(string folder)
    {
        var found = Find(folder);
        var children = found.SelectMany(f => ProcessIdentity.ChildrenOf(f.Process.Id));
        var all = found.Select(f => f.Process).Concat(children).ToList();
        // PostgreSQL waits for its clients on TERM and stops at once on QUIT; its children follow it except after KILL.
        await SignalAsync(found.ConvertAll(f => f.Process), UnixSignal.Terminate);
        await SignalAsync(found.ConvertAll(f => f.Process), UnixSignal.Quit);
        await SignalAsync(all, UnixSignal.Kill);
        return found.ConvertAll(f => $"{f.Name} ({f.Process.Id})");
    }

    private static List<(string Name, ProcessIdentity Process)> Find(string folder)
    {
        var found = new List<(string, ProcessIdentity)>();
        var options = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true };
        foreach (var file in Directory.EnumerateFiles(folder, "*.pid", options))
        {
            if (ProcessIdentity.FromPidFile(file) is { IsAlive: true } process && process.Id != Environment.ProcessId)
            {
                found.Add((Path.GetFileNameWithoutExtension(file), process));
            }
        }

        return found;
    }

    private static async Task SignalAsync(List<ProcessIdentity> processes, UnixSignal signal)
    {
        foreach (var process in processes.Where(p => p.IsAlive))
        {
            Libc.Signal(process.Id, signal);
        }

        var end = TimeProvider.System.GetTimestamp();
        while (processes.Exists(p => p.IsAlive) && TimeProvider.System.GetElapsedTime(end) < Patience)
        {
            await Task.Delay(PollEvery);
        }
    }
}
