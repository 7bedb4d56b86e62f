namespace Strangler.Cli.Output;

/// <summary>Foreign text within XML.</summary>
internal static class XmlText
{
    /// <summary>The text with a question mark for every character that XML 1.0 does not have, escaped or not.</summary>
    public static string Clean(string text) => string.Concat(text.Select(c => c is '\t' or '\n' || (c >= ' ' && !char.IsSurrogate(c) && c < 0xFFFE) ? c : '?'));
}
