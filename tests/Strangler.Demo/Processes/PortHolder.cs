using System.Globalization;

namespace Strangler.Demo.Processes;

/// <summary>Who listens on a TCP port of this machine, as far as /proc tells.</summary>
internal static class PortHolder
{
    private const string Listening = "0A";

    /// <summary>Null when nobody listens; else a name such as "python3 (process 4711)" or "another process".</summary>
    public static string? Find(int port)
    {
        var inodes = SocketInodes(port).ToHashSet(StringComparer.Ordinal);
        if (inodes.Count == 0)
        {
            return null;
        }

        var holder = ProcessIdentity.All().FirstOrDefault(process => Holds(process.Id, inodes));
        return holder is null ? "another process" : $"{Name(holder)} (process {holder.Id})";
    }

    private static IEnumerable<string> SocketInodes(int port)
    {
        var suffix = ":" + port.ToString("X4", CultureInfo.InvariantCulture);
        foreach (var table in (string[])["/proc/net/tcp", "/proc/net/tcp6"])
        {
            if (!File.Exists(table))
            {
                continue;
            }

            foreach (var line in File.ReadLines(table).Skip(1))
            {
                var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                if (fields.Length > 9 && fields[3] == Listening && fields[1].EndsWith(suffix, StringComparison.Ordinal))
                {
                    yield return $"socket:[{fields[9]}]";
                }
            }
        }
    }

    private static bool Holds(int processId, HashSet<string> inodes)
    {
        try
        {
            return Directory.EnumerateFileSystemEntries($"/proc/{processId}/fd")
                .Any(descriptor => new FileInfo(descriptor).LinkTarget is { } target && inodes.Contains(target));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string Name(ProcessIdentity process)
    {
        var words = process.CommandLine;
        if (words.Count == 0)
        {
            return "a process";
        }

        var program = Path.GetFileName(words[0]);
        var script = words.Skip(1).FirstOrDefault(word => !word.StartsWith('-'));
        return program == "dotnet" && script is not null ? $"dotnet {Path.GetFileName(script)}" : program;
    }
}
