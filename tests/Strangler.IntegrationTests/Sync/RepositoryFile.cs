namespace Strangler.IntegrationTests.Sync;

/// <summary>Files of the checkout that tests are run from.</summary>
internal static class RepositoryFile
{
    /// <summary>The text of a file, by its path from the root.</summary>
    public static Task<string> ReadAsync(string path)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Strangler.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException($"{AppContext.BaseDirectory} is not in a checkout.");
        }

        return File.ReadAllTextAsync(Path.Combine(folder.FullName, path));
    }
}
