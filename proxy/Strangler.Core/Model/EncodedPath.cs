namespace Strangler.Core.Model;

/// <summary>
/// Paths with <c>%2F</c> in them: an encoded slash stays encoded when a path is decoded, because it would make one segment two. So does Kestrel.
/// </summary>
public static class EncodedPath
{
    private const string Slash = "%2F";

    /// <summary>True for the few paths that need care.</summary>
    /// <param name="path">A path, encoded or decoded.</param>
    public static bool HasSlash(string path) => path.Contains(Slash, StringComparison.OrdinalIgnoreCase);

    /// <summary>The path of a request line, decoded but for its encoded slashes.</summary>
    /// <param name="path">The path as it was sent, without query.</param>
    public static string Unescape(string path) => Join(path, Uri.UnescapeDataString);

    /// <summary>The path as it stands in a request line.</summary>
    /// <param name="path">The path, decoded but for its encoded slashes.</param>
    public static string Escape(string path) => Join(path, part => string.Join('/', part.Split('/').Select(Uri.EscapeDataString)));

    private static string Join(string path, Func<string, string> each) =>
        string.Join(Slash, path.Replace("%2f", Slash, StringComparison.Ordinal).Split(Slash).Select(each));
}
