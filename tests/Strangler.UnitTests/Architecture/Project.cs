using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Strangler.UnitTests.Architecture;

/// <summary>What a project file and the usings of its sources say about its arrows.</summary>
/// <param name="File">The project file, relative to the root.</param>
/// <param name="References">The names of the projects that it references.</param>
/// <param name="LinkedSources">Paths, relative to the root, of sources from outside its folder.</param>
/// <param name="Frameworks">The shared frameworks that it references.</param>
/// <param name="Sources">Its C# files, relative to the root.</param>
/// <param name="Names">Each namespace that a source uses or declares, with its file.</param>
internal sealed partial record Project(
    string File,
    IReadOnlyList<string> References,
    IReadOnlyList<string> LinkedSources,
    IReadOnlyList<string> Frameworks,
    IReadOnlyList<string> Sources,
    IReadOnlyList<NamedNamespace> Names)
{
    /// <summary>The project's name, which is also its root namespace.</summary>
    public string Name { get; } = Path.GetFileNameWithoutExtension(File);

    /// <summary>Its folder, relative to the root.</summary>
    public string Folder { get; } = Path.GetDirectoryName(File)!.Replace('\\', '/');

    /// <summary>The room: the first folder of its path.</summary>
    public string Room => File.Split('/')[0];

    /// <summary>Whether it ships and is ours: not a test, not the shop's.</summary>
    public bool IsStranglerProduct => Room != "tests" && Name.StartsWith("Strangler.", StringComparison.Ordinal);

    /// <summary>Reads a project.</summary>
    public static Project Load(SourceTree tree, string file)
    {
        var folder = Path.GetDirectoryName(file)!;
        var xml = XDocument.Parse(tree.Read(file));
        var sources = tree.Files(folder, "*.cs");
        return new Project(
            file,
            [.. Includes(xml, "ProjectReference").Select(Path.GetFileNameWithoutExtension).OfType<string>()],
            [.. Includes(xml, "Compile").Select(path => Resolve(folder, path)).Where(path => !IsInside(path, folder))],
            [.. Includes(xml, "FrameworkReference")],
            sources,
            [.. sources.SelectMany(source => NamesIn(source, tree.Read(source)))]);
    }

    private static IEnumerable<string> Includes(XDocument xml, string item) =>
        xml.Descendants(item).Select(element => element.Attribute("Include")?.Value.Replace('\\', '/')).OfType<string>();

    private static string Resolve(string folder, string path) =>
        Path.GetRelativePath("/", Path.GetFullPath(Path.Combine("/", folder, path))).Replace('\\', '/');

    private static bool IsInside(string path, string folder) =>
        path.StartsWith(folder.Replace('\\', '/') + "/", StringComparison.Ordinal);

    private static IEnumerable<NamedNamespace> NamesIn(string file, string text) =>
        UsingOrNamespace().Matches(text).Select(match => new NamedNamespace(file, match.Groups["name"].Value));

    [GeneratedRegex(
        @"^\s*((global\s+)?using\s+(static\s+)?(\w+\s*=\s*)?(\w+::)?|namespace\s+)(?<name>[\w.]+)\s*[;<{]?\s*$",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 5000)]
    private static partial Regex UsingOrNamespace();
}
