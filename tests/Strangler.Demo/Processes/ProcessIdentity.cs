using System.Diagnostics.CodeAnalysis;

namespace Strangler.Demo.Processes;

/// <summary>A process told apart from a later one that got the same number, by the time the kernel started it.</summary>
/// <param name="Id">The process id.</param>
/// <param name="StartTicks">Clock ticks between boot and start, field 22 of <c>/proc/ID/stat</c>.</param>
/// <param name="ParentId">The process id of the parent at the time of reading.</param>
public sealed record ProcessIdentity(int Id, long StartTicks, int ParentId)
{
    /// <summary>Whether this very process still runs. A zombie counts as ended.</summary>
    public bool IsAlive
    {
        get
        {
            return ReadStat(Id) is { } text
                && TryParse(text, out var now, out var state)
                && now.StartTicks == StartTicks
                && state is not ('Z' or 'X');
        }
    }

    /// <summary>The arguments it was started with; empty when it is gone or not ours to read.</summary>
    public IReadOnlyList<string> CommandLine
    {
        get
        {
            try
            {
                return File.ReadAllText($"/proc/{Id}/cmdline").Split('\0', StringSplitOptions.RemoveEmptyEntries);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return [];
            }
        }
    }

    /// <summary>Reads a running process; null when there is none with this id.</summary>
    public static ProcessIdentity? Of(int processId) =>
        ReadStat(processId) is { } text && TryParse(text, out var identity, out _) ? identity : null;

    /// <summary>Reads what a pid file holds: a line of <c>/proc/ID/stat</c>; null when it is missing or half written.</summary>
    public static ProcessIdentity? FromPidFile(string path)
    {
        try
        {
            return TryParse(File.ReadAllText(path), out var identity, out _) ? identity : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>All processes of the machine that can be read.</summary>
    public static IEnumerable<ProcessIdentity> All()
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), out var id) && Of(id) is { } process)
            {
                yield return process;
            }
        }
    }

    /// <summary>The direct children of a process.</summary>
    public static IReadOnlyList<ProcessIdentity> ChildrenOf(int processId) => [.. All().Where(p => p.ParentId == processId)];

    private static string? ReadStat(int processId)
    {
        try
        {
            return File.ReadAllText($"/proc/{processId}/stat");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static bool TryParse(string stat, [NotNullWhen(true)] out ProcessIdentity? identity, out char state)
    {
        identity = null;
        state = '?';
        // The second field is the program's name in parentheses, which may itself hold spaces and parentheses.
        var name = stat.IndexOf(' ', StringComparison.Ordinal);
        var close = stat.LastIndexOf(')');
        if (name < 0 || close < name || !int.TryParse(stat.AsSpan(0, name), out var id))
        {
            return false;
        }

        var rest = stat[(close + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (rest.Length < 20 || !int.TryParse(rest[1], out var parent) || !long.TryParse(rest[19], out var start))
        {
            return false;
        }

        state = rest[0][0];
        identity = new ProcessIdentity(id, start, parent);
        return true;
    }
}
