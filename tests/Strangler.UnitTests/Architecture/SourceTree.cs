namespace Strangler.UnitTests.Architecture;

/// <summary>The files of a checkout, without what was built from them.</summary>
/// <param name="root">The folder that holds <c>proxy/</c>, <c>new-services/</c> and the other rooms.</param>
internal sealed class SourceTree(string root)
{
    private static readonly string[] Built = ["bin", "obj", "node_modules"];

    /// <summary>The rooms whose code ships; <c>tests/</c> is not among them.</summary>
    public static IReadOnlyList<string> ProductRooms { get; } = ["proxy", "legacy-adapters", "legacy-monolith", "new-services"];

    /// <summary>The checkout that this test was built from.</summary>
    public static SourceTree OfThisRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Strangler.sln")))
        {
            folder = folder.Parent;
        }

        return new SourceTree(folder?.FullName ?? throw new InvalidOperationException("Strangler.sln is not above the tests."));
    }

    /// <summary>Paths of the files of a room relative to the root, with slashes, sorted; none when there is no such room.</summary>
    public IReadOnlyList<string> Files(string room, string pattern = "*")
    {
        var folder = Path.Combine(root, room);
        return !Directory.Exists(folder)
            ? []
            : [.. Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(root, file).Replace('\\', '/'))
                .Where(file => !file.Split('/').Intersect(Built, StringComparer.Ordinal).Any())
                .Order(StringComparer.Ordinal)];
    }

    /// <summary>The text of a file.</summary>
    public string Read(string file) => File.ReadAllText(Path.Combine(root, file));

    /// <summary>All projects, those of the tests too.</summary>
    public IReadOnlyList<Project> Projects() =>
        [.. ProductRooms.Append("tests").SelectMany(room => Files(room, "*.csproj")).Select(file => Project.Load(this, file))];
}
