namespace Strangler.Demo.Processes;

/// <summary>
/// Folders under /tmp, each with the identity of the process that owns it, so that a later one can end and delete what a killed
/// one left. Not under TMPDIR: it may be private to root, and the account "postgres" must get in.
/// </summary>
internal static class TemporaryFolder
{
    private const string OwnerFileName = "owner.pid";
    private const string Prefix = "strangler-";
    private const string Parent = "/tmp";

    /// <summary>Others may pass through to what is theirs inside, and see nothing.</summary>
    public const UnixFileMode PassThrough = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Makes a folder that belongs to this process.</summary>
    public static string Create(string kind)
    {
        var folder = Path.Combine(Parent, $"{Prefix}{kind}-{Guid.NewGuid():N}"[..32]);
        Directory.CreateDirectory(folder, PassThrough);
        File.WriteAllText(Path.Combine(folder, OwnerFileName), File.ReadAllText("/proc/self/stat"));
        return folder;
    }

    /// <summary>Ends the processes and deletes the folders of owners that have died.</summary>
    public static async Task SweepAsync()
    {
        foreach (var folder in Directory.EnumerateDirectories(Parent, Prefix + "*"))
        {
            if (ProcessIdentity.FromPidFile(Path.Combine(folder, OwnerFileName)) is { IsAlive: false })
            {
                await Leftovers.StopAsync(folder);
                TryDelete(folder);
            }
        }
    }

    /// <summary>Deletes a folder with all that is in it.</summary>
    public static void TryDelete(string folder)
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
