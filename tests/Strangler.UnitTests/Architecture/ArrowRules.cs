namespace Strangler.UnitTests.Architecture;

/// <summary>Which project may know which.</summary>
internal static class ArrowRules
{
    private const string Services = "new-services";

    private static readonly Dictionary<string, string[]> Arrows = new(StringComparer.Ordinal)
    {
        ["Strangler.Core"] = [],
        ["Strangler.Proxy"] = ["Strangler.Core"],
        ["Strangler.Host"] = ["Strangler.Proxy"],
        ["Strangler.Cli"] = ["Strangler.Core"],
        ["Strangler.Sync"] = ["Strangler.Core"],
        ["Shop.Adapters"] = ["Strangler.Sync"],
        ["LegacyShop"] = [],
        ["ServiceDefaults"] = [],
    };

    /// <summary>References and usings against the arrows.</summary>
    public static IEnumerable<string> Complaints(IReadOnlyList<Project> projects)
    {
        foreach (var project in projects.Where(project => project.Room != "tests"))
        {
            if (Allowed(project) is not { } allowed)
            {
                yield return $"{project.File}: no arrow is drawn for {project.Name}";
                continue;
            }

            foreach (var reference in project.References.Except(allowed, StringComparer.Ordinal))
            {
                yield return $"{project.File}: {project.Name} must not reference {reference}";
            }

            var reachable = Reachable(project.Name, allowed);
            foreach (var name in project.Names)
            {
                var owner = projects.Where(other => name.IsIn(other.Name)).MaxBy(other => other.Name.Length);
                if (owner is not null && !reachable.Contains(owner.Name))
                {
                    yield return $"{name.File}: {project.Name} must not use {owner.Name}";
                }
            }

            if (project.Name == "Strangler.Core")
            {
                foreach (var impure in project.Frameworks)
                {
                    yield return $"{project.File}: Strangler.Core is pure and must not reference {impure}";
                }
            }
        }
    }

    private static string[]? Allowed(Project project) =>
        Arrows.GetValueOrDefault(project.Name) ?? (project.Room == Services ? ["ServiceDefaults"] : null);

    private static HashSet<string> Reachable(string name, IEnumerable<string> arrows)
    {
        var reachable = new HashSet<string>(StringComparer.Ordinal) { name };
        foreach (var target in arrows)
        {
            reachable.UnionWith(Reachable(target, Arrows[target]));
        }

        return reachable;
    }
}
