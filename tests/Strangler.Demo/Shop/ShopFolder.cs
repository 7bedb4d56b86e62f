using Strangler.Demo.Clusters;
using Strangler.Demo.Processes;

namespace Strangler.Demo.Shop;

/// <summary>
/// The folder of one running shop: its lock, its logs, its pid files, its clusters. Each demo starts from fresh data; what an
/// earlier one left, orderly or not, is cleared away first.
/// </summary>
internal sealed class ShopFolder : IDisposable
{
    private const string Unfinished = "unfinished";
    private const string OwnerFile = "demo.pid";
    private readonly FileStream? _heldLock;
    private readonly bool _temporary;

    private ShopFolder(string path, FileStream? heldLock, bool temporary)
    {
        Root = path;
        _heldLock = heldLock;
        _temporary = temporary;
    }

    /// <summary>The folder itself.</summary>
    public string Root { get; }

    /// <summary>Where everything writes what it says.</summary>
    public string Logs => Path.Combine(Root, "logs");

    /// <summary>What the monolith served.</summary>
    public string MonolithAccessLog => InLogs("monolith-access.log");

    /// <summary>What Catalog served.</summary>
    public string CatalogAccessLog => InLogs("catalog-access.log");

    /// <summary>Catalog's settings, where its defects are switched.</summary>
    public string CatalogSettings => Path.Combine(Root, "catalog-settings.json");

    /// <summary>An edge's state.</summary>
    public string EdgeState(string name) => Path.Combine(Root, "edges", name);

    /// <summary>
    /// The file of the admin token: beside the folder, so that the command line tool finds it where it always is.
    /// </summary>
    public string TokenFile => Beside("admin.token");

    /// <summary>The file of the adapters' token, beside the other one.</summary>
    public string AdaptersTokenFile => Beside("adapters.token");

    /// <summary>Where the adapters keep their journals.</summary>
    public string Journals => Path.Combine(Root, "journals");

    /// <summary>Takes the folder of this checkout, and ends what a killed demo left in it.</summary>
    /// <exception cref="DemoException">Another demo has it.</exception>
    public static async Task<ShopFolder> TakeAsync(string dataFolder, Screen screen)
    {
        var root = Path.Combine(Path.GetFullPath(dataFolder), "demo");
        Directory.CreateDirectory(root, TemporaryFolder.PassThrough);
        var folder = new ShopFolder(root, Lock(root), temporary: false);
        try
        {
            await folder.ClearAsync(screen);
            folder.Begin();
            return folder;
        }
        catch
        {
            folder._heldLock?.Dispose();
            throw;
        }
    }

    /// <summary>Makes a folder under /tmp, deleted at the end.</summary>
    public static async Task<ShopFolder> CreateTemporaryAsync()
    {
        await TemporaryFolder.SweepAsync();
        var folder = new ShopFolder(TemporaryFolder.Create("demo"), null, temporary: true);
        folder.Begin();
        return folder;
    }

    /// <summary>Where a process writes what it says.</summary>
    public string LogOf(string name) => InLogs(name + ".log");

    /// <summary>Where a process writes who it is.</summary>
    public string PidFileOf(string name) => Path.Combine(Root, "pids", name + ".pid");

    /// <summary>Where a cluster lives.</summary>
    public string ClusterFolder(string name) => Path.Combine(Root, "clusters", name);

    /// <summary>Marks the end as an orderly one and gives the folder free. Logs stay until the next start.</summary>
    public void Dispose()
    {
        if (_temporary)
        {
            TemporaryFolder.TryDelete(Root);
            return;
        }

        TemporaryFolder.TryDelete(Path.Combine(Root, "clusters"));
        File.Delete(Path.Combine(Root, Unfinished));
        File.Delete(Path.Combine(Root, OwnerFile));
        _heldLock?.Dispose();
    }

    private static FileStream Lock(string root)
    {
        try
        {
            // flock underneath: the kernel lets go of it however the process ends.
            return new FileStream(Path.Combine(root, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            var owner = ProcessIdentity.FromPidFile(Path.Combine(root, OwnerFile));
            throw new DemoException(
                owner is null
                    ? "A demo of this checkout is already running."
                    : $"A demo of this checkout is already running (process {owner.Id}); end it with Ctrl-C or kill {owner.Id}.",
                e);
        }
    }

    private string InLogs(string file) => Path.Combine(Logs, file);

    private string Beside(string file) => Path.Combine(_temporary ? Root : Path.GetDirectoryName(Root)!, file);

    private async Task ClearAsync(Screen screen)
    {
        var stopped = await Leftovers.StopAsync(Root);
        if (stopped.Count > 0)
        {
            screen.Line($"The last demo was killed; ended what it left running: {string.Join(", ", stopped)}.");
        }

        if (File.Exists(Path.Combine(Root, Unfinished)))
        {
            screen.Line("The last demo did not end in order; its half-written data is thrown away and made anew.");
        }

        foreach (var folder in Directory.EnumerateDirectories(Root))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private void Begin()
    {
        File.WriteAllText(Path.Combine(Root, Unfinished), string.Empty);
        File.WriteAllText(Path.Combine(Root, OwnerFile), File.ReadAllText("/proc/self/stat"));
        foreach (var name in (string[])["logs", "pids", "edges", "journals"])
        {
            Directory.CreateDirectory(
                Path.Combine(Root, name), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        Directory.CreateDirectory(Path.Combine(Root, "clusters"), TemporaryFolder.PassThrough);
        WriteToken(TokenFile);
        WriteToken(AdaptersTokenFile);
    }

    private static void WriteToken(string path)
    {
        if (File.Exists(path))
        {
            return;
        }

        using var file = new StreamWriter(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        file.Write(PrivateCluster.NewPassword());
    }
}
