using System.Reflection;

namespace ServiceDefaults.Database;

/// <summary>One embedded SQL file that takes the schema a step further. Once shipped it is never edited.</summary>
/// <param name="Name">The file's name, such as <c>001_catalog.sql</c>; the order of names is the order of steps.</param>
/// <param name="Sql">Its text.</param>
internal sealed record Migration(string Name, string Sql)
{
    private const string Prefix = "migrations/";

    /// <summary>The migrations embedded in an assembly under the logical name <c>migrations/FILE.sql</c>, in order.</summary>
    public static Migration[] In(Assembly assembly) =>
        [.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => new Migration(name[Prefix.Length..], Read(assembly, name)))];

    private static string Read(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
