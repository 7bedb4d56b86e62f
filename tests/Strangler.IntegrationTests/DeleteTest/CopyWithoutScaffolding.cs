namespace Strangler.IntegrationTests.DeleteTest;

/// <summary>The repository on the day after the migration: what is scaffolding, and what was replaced, is gone.</summary>
internal sealed class CopyWithoutScaffolding : IDisposable
{
    private static readonly string[] Gone = ["proxy", "legacy-adapters", "legacy-monolith", "routing-rules", "tests"];
    private static readonly string[] Built = ["bin", "obj", "artifacts", "node_modules"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("delete-test-");

    public CopyWithoutScaffolding()
    {
        var kept = Directory.EnumerateFileSystemEntries(Repository.Root)
            .Where(entry => !Gone.Contains(Path.GetFileName(entry), StringComparer.Ordinal));
        foreach (var entry in kept)
        {
            Copy(entry, Path.Combine(_folder.FullName, Path.GetFileName(entry)));
        }
    }

    /// <summary>The services that stay: each folder with a program.</summary>
    public IReadOnlyList<string> Services =>
    [
        .. Directory.EnumerateDirectories(Path.Combine(_folder.FullName, "new-services"))
            .Where(folder => File.Exists(Path.Combine(folder, "Program.cs")))
            .Select(folder => Path.GetFileName(folder))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The project file of a service.</summary>
    public string Project(string service) => Path.Combine(_folder.FullName, "new-services", service, service + ".csproj");

    /// <summary>Builds a service, restoring its packages.</summary>
    /// <returns>The built assembly.</returns>
    /// <exception cref="Strangler.Demo.Processes.ChildFailedException">It does not build; the message quotes the end of the output.</exception>
    public async Task<string> BuildAsync(string service, CancellationToken cancellation)
    {
        var output = Path.Combine(_folder.FullName, "built", service);
        await DotnetSdk.RunAsync(
            _folder.FullName,
            // A project that is missing is only a warning to MSBuild.
            ["build", Project(service), "--output", output, "--verbosity", "quiet", "-warnaserror", "-p:RunAnalyzers=false"],
            cancellation);
        return Path.Combine(output, service + ".dll");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static void Copy(string from, string to)
    {
        if (File.Exists(from))
        {
            File.Copy(from, to);
        }
        else if (Path.GetFileName(from) is var name && !name.StartsWith('.') && !Built.Contains(name, StringComparer.Ordinal))
        {
            Directory.CreateDirectory(to);
            foreach (var entry in Directory.EnumerateFileSystemEntries(from))
            {
                Copy(entry, Path.Combine(to, Path.GetFileName(entry)));
            }
        }
    }
}
