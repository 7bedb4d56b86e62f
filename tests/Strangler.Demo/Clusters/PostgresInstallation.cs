using System.Diagnostics;
using System.Globalization;

namespace Strangler.Demo.Clusters;

/// <summary>The PostgreSQL programs to use.</summary>
/// <param name="BinFolder">The folder with <c>initdb</c> and <c>postgres</c>.</param>
/// <param name="Major">The major version.</param>
public sealed record PostgresInstallation(string BinFolder, int Major)
{
    /// <summary>The oldest major version that the shop runs on.</summary>
    public const int OldestMajor = 15;

    /// <summary>Finds the newest PostgreSQL: in STRANGLER_PG_BIN (alone, when set), PATH and /usr/lib/postgresql/*/bin.</summary>
    /// <exception cref="InvalidOperationException">There is none that is new enough.</exception>
    public static PostgresInstallation Find()
    {
        var found = Folders()
            .Where(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres")))
            .Select(folder => new PostgresInstallation(folder, MajorOf(Path.Combine(folder, "postgres"))))
            .MaxBy(candidate => candidate.Major);
        return found is { Major: >= OldestMajor }
            ? found
            : throw new InvalidOperationException(
                $"PostgreSQL {OldestMajor} or newer was not found. Install it, or name its bin folder with STRANGLER_PG_BIN.");
    }

    /// <summary>The full path of one of its programs.</summary>
    public string Program(string name) => Path.Combine(BinFolder, name);

    private static IEnumerable<string> Folders()
    {
        if (Environment.GetEnvironmentVariable("STRANGLER_PG_BIN") is { Length: > 0 } chosen)
        {
            return [chosen];
        }

        const string debian = "/usr/lib/postgresql";
        var path = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(':', StringSplitOptions.RemoveEmptyEntries);
        return Directory.Exists(debian)
            ? path.Concat(Directory.EnumerateDirectories(debian).Select(version => Path.Combine(version, "bin")))
            : path;
    }

    private static int MajorOf(string postgres)
    {
        var start = new ProcessStartInfo(postgres, "--version") { RedirectStandardOutput = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        // "postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)", or "18beta1" for one not yet released.
        var version = process.StandardOutput.ReadToEnd().Split(' ', StringSplitOptions.RemoveEmptyEntries).ElementAtOrDefault(2);
        process.WaitForExit();
        var digits = string.Concat((version ?? string.Empty).TakeWhile(char.IsAsciiDigit));
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var major) ? major : 0;
    }
}
