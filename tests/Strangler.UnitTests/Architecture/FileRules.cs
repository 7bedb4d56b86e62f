using System.Text.RegularExpressions;

namespace Strangler.UnitTests.Architecture;

/// <summary>How long a file may be, what it may hold, and which may be compiled twice.</summary>
internal static partial class FileRules
{
    /// <summary>The most lines of a product file.</summary>
    public const int MaxLines = 300;

    private const string SharedSources = "new-services/ServiceDefaults/Metrics/";

    // What stores in memory must keep as those in a database do, or the tests that use them show nothing.
    private const string Contracts = "tests/Strangler.IntegrationTests/Sync/Contracts/";

    /// <summary>Product sources, and the linked sources of every project.</summary>
    public static IEnumerable<string> Complaints(SourceTree tree, IReadOnlyList<Project> projects)
    {
        foreach (var project in projects)
        {
            foreach (var source in project.LinkedSources.Where(source => !MayLink(project, source)))
            {
                yield return $"{project.File}: must not link {source}";
            }
        }

        foreach (var file in SourceTree.ProductRooms.SelectMany(room => tree.Files(room, "*.cs")))
        {
            var text = tree.Read(file);
            var lines = text.Split('\n').Length - (text.EndsWith('\n') ? 1 : 0);
            if (lines > MaxLines)
            {
                yield return $"{file}: {lines} lines, {MaxLines} are allowed";
            }

            var types = PublicType().Matches(text).Select(match => match.Groups["name"].Value).ToList();
            if (types.Count > 1)
            {
                yield return $"{file}: more than one public type: {string.Join(", ", types)}";
            }
        }
    }

    private static bool MayLink(Project project, string source) =>
        (project.Name == "Strangler.Core" && source.StartsWith(SharedSources, StringComparison.Ordinal))
        || (project.Name == "Strangler.UnitTests" && source.StartsWith(Contracts, StringComparison.Ordinal));

    [GeneratedRegex(
        @"^public\s+((static|sealed|abstract|partial|readonly|ref|unsafe)\s+)*(class|struct|interface|enum|record(\s+(class|struct))?|delegate\s+\S+)\s+(?<name>\w+)",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 5000)]
    private static partial Regex PublicType();
}
