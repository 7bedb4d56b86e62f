namespace Strangler.UnitTests.Architecture;

/// <summary>Which words may stand where: what stays does not know the scaffolding, and the scaffolding does not know the shop.</summary>
internal static class NameRules
{
    private static readonly string[] RoomsThatStay = ["new-services", "legacy-monolith"];
    private static readonly string[] ShopProjects = ["LegacyShop", "Shop.Adapters"];
    private static readonly string[] ShopWords = ["shop", "catalog", "legacyshop"];

    /// <summary>Texts, paths, namespaces and references.</summary>
    public static IEnumerable<string> Complaints(SourceTree tree, IReadOnlyList<Project> projects) =>
        ScaffoldingNamed(tree).Concat(projects.Where(project => project.IsStranglerProduct).SelectMany(project => ShopNamed(tree, project)));

    private static IEnumerable<string> ScaffoldingNamed(SourceTree tree)
    {
        foreach (var file in RoomsThatStay.SelectMany(room => tree.Files(room)))
        {
            if ((file + tree.Read(file)).Contains("strangler", StringComparison.OrdinalIgnoreCase))
            {
                yield return $"{file}: names Strangler";
            }
        }
    }

    private static IEnumerable<string> ShopNamed(SourceTree tree, Project project)
    {
        foreach (var reference in project.References.Where(IsShop))
        {
            yield return $"{project.File}: refers to the shop's {reference}";
        }

        foreach (var name in project.Names.Where(name => IsShop(name.Name)))
        {
            yield return $"{name.File}: the namespace {name.Name} is the shop's";
        }

        foreach (var file in tree.Files(project.Folder, "*.cs"))
        {
            var text = tree.Read(file);
            foreach (var word in ShopProjects.Where(word => text.Contains(word, StringComparison.Ordinal)))
            {
                yield return $"{file}: names {word}";
            }
        }
    }

    private static bool IsShop(string name) =>
        name.Split('.').Intersect(ShopWords, StringComparer.OrdinalIgnoreCase).Any();
}
