namespace Strangler.Cli.Output;

/// <summary>Foreign text within Markdown.</summary>
internal static class MarkdownText
{
    private const string Special = "\\`*_[]<>|~";

    /// <summary>The text so that it is shown as it is, whatever stands in it.</summary>
    public static string Escape(string text) =>
        string.Concat(Words.Safe(text).Select(c => Special.Contains(c, StringComparison.Ordinal) ? $"\\{c}" : c.ToString()));
}
