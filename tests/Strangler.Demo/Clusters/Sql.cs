namespace Strangler.Demo.Clusters;

/// <summary>Quoting for the few statements that take no parameters.</summary>
internal static class Sql
{
    /// <summary>A name in double quotes.</summary>
    public static string Name(string name) => "\"" + name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    /// <summary>A text in single quotes; backslashes mean themselves (standard_conforming_strings is on by default).</summary>
    public static string Text(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";
}
