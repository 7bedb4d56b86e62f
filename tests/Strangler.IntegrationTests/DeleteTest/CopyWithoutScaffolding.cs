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

    /// <summary>The project file of Catalog.</summary>
    public string CatalogProject => Path.Combine(_folder.FullName, "new-services", "Catalog", "Catalog.csproj");

    /// <summary>Builds Catalog, restoring its packages.</summary>
    /// <returns>The built assembly.</returns>
    /// <exception cref="Strangler.Demo.Processes.ChildFailedException">It does not build; the message quotes the end of the output.</exception>
    public async Task<string> BuildCatalogAsync(CancellationToken cancellation)
    {
        var output = Path.Combine(_folder.FullName, "built");
        await DotnetSdk.RunAsync(
            _folder.FullName,
            // A project that is missing is only a warning to MSBuild.
            ["build", CatalogProject, "--output", output, "--verbosity", "quiet", "-warnaserror", "-p:RunAnalyzers=false"],
            cancellation);
        return Path.Combine(output, "Catalog.dll");
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
