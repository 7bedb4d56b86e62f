using System.Text;
using Strangler.Cli.Output;
using Strangler.Core.Admin;

namespace Strangler.Cli.Verbs.Diffs.Exports;

/// <summary>Groups as Markdown, to be read in a merge request.</summary>
internal static class MarkdownExport
{
    /// <summary>The text.</summary>
    /// <param name="answer">What the edge said.</param>
    /// <param name="now">The present time.</param>
    public static string Write(DifferencesAnswer answer, DateTimeOffset now)
    {
        var text = new StringBuilder($"# Differences, {now.UtcDateTime:yyyy-MM-dd HH:mm}Z\n");
        if (answer.Groups.Count == 0) return text.Append("\nNone.\n").ToString();
        foreach (var groups in answer.Groups.GroupBy(group => group.Capability, StringComparer.Ordinal))
        {
            text.Append($"\n## {MarkdownText.Escape(groups.Key)}\n\n| state | severity | what | cause | seen |\n|---|---|---|---|---|\n");
            foreach (var group in groups) text.Append(Row(group));
        }

        return text.Append($"\nFrom: {MarkdownText.Escape(answer.Store)}. Details: `strangler diffs show FINGERPRINT`.\n").ToString();
    }

    private static string Row(DifferenceGroup group)
    {
        var judged = group.Judgement is { } judgement ? $"<br>{MarkdownText.Escape($"{judgement.Actor}: {judgement.Reason}")}" : "";
        string[] cells =
        [
            $"{(GroupWords.IsOpen(group) ? $"**{MarkdownText.Escape(group.State)}**" : MarkdownText.Escape(group.State))}{judged}",
            MarkdownText.Escape(group.Severity),
            $"{MarkdownText.Escape(group.Kind)} at {Code(group.Path)}<br>{Code(group.Operation)}<br>{Code(GroupWords.Short(group))}",
            MarkdownText.Escape(group.Cause ?? "none found"),
            MarkdownText.Escape(GroupWords.Extent(group)),
        ];
        return $"| {string.Join(" | ", cells)} |\n";
    }

    // A bar ends a cell even within code.
    private static string Code(string text) => $"`{Words.Safe(text).Replace("`", "'", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal)}`";
}
