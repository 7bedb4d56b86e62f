using Strangler.Demo.Processes;

namespace Strangler.Demo.Clusters;

/// <summary>Folders of temporary clusters, each with the identity of the process that owns it, so that a later one can clear up after a killed one.</summary>
internal static class TemporaryFolders
{
    private const string OwnerFileName = "owner.pid";
    private const string Prefix = "strangler-pg-";

    // Not TMPDIR: it may be private to root.
    private const string Parent = "/tmp";

    /// <summary>Makes a folder that belongs to this process and that the account "postgres" can pass through.</summary>
    public static string Create()
    {
        var folder = Directory.CreateDirectory(
            Path.Combine(Parent, Prefix + Guid.NewGuid().ToString("N")[..12]),
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute).FullName;
        File.WriteAllText(Path.Combine(folder, OwnerFileName), File.ReadAllText("/proc/self/stat"));
        return folder;
    }

    /// <summary>Stops the servers and deletes the folders of owners that have died.</summary>
    public static async Task SweepAsync()
    {
        foreach (var folder in Directory.EnumerateDirectories(Parent, Prefix + "*"))
        {
            if (ProcessIdentity.FromPidFile(Path.Combine(folder, OwnerFileName)) is not { IsAlive: false })
            {
                continue;
            }

            await StopServerAsync(folder);
            TryDelete(folder);
        }
    }

    private static async Task StopServerAsync(string folder)
    {
        if (ProcessIdentity.FromPidFile(PostgresPrograms.PidFile(folder)) is not { IsAlive: true } server)
        {
            return;
        }

        Libc.Signal(server.Id, UnixSignal.Quit);
        for (var tries = 0; server.IsAlive && tries < 100; tries++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }
    }

    private static void TryDelete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Somebody else's, or being deleted by another run at this moment: not ours to insist on.
        }
    }
}
