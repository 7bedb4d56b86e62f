namespace Strangler.UnitTests.Architecture;

/// <summary>The rules of the house, see docs/architecture.md, read from project files and sources.</summary>
internal static class ArchitectureCheck
{
    /// <summary>One sentence for each broken rule, sorted; empty when the house stands.</summary>
    public static IReadOnlyList<string> Complaints(SourceTree tree)
    {
        var projects = tree.Projects();
        return
        [
            .. ArrowRules.Complaints(projects)
                .Concat(NameRules.Complaints(tree, projects))
                .Concat(FileRules.Complaints(tree, projects))
                .Order(StringComparer.Ordinal),
        ];
    }
}
