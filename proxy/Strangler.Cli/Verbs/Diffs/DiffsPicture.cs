using Spectre.Console;
using Spectre.Console.Rendering;
using Strangler.Cli.Output;
using Strangler.Core.Admin;

namespace Strangler.Cli.Verbs.Diffs;

/// <summary>Groups of differences for people: three to six lines a group, one table a capability.</summary>
internal static class DiffsPicture
{
    private const int MiddleLength = 51;

    /// <summary>The picture.</summary>
    /// <param name="answer">What the edge said.</param>
    /// <param name="now">The present time.</param>
    public static IRenderable Of(DifferencesAnswer answer, DateTimeOffset now)
    {
        IRenderable[] groups = answer.Groups.Count == 0
            ? [new Text("No differences.")]
            : [.. answer.Groups.GroupBy(group => group.Capability, StringComparer.Ordinal)
                .SelectMany(each => (IRenderable[])[new Text(Headline(each.Key, [.. each])), TableOf(each, now)])];
        return new Rows(answer.Store is "memory" or "postgres" ? groups : [.. groups, new Text($"From this edge alone: {Words.Safe(answer.Store)}.", Color.Yellow)]);
    }

    private static string Headline(string capability, IReadOnlyList<DifferenceGroup> groups)
    {
        var open = groups.Count(GroupWords.IsOpen);
        return $"{Words.Safe(capability)}: {GroupWords.Many(groups.Count, "group")}, {(open == 0 ? "none waits" : open == 1 ? "1 waits" : $"{open} wait")} for a decision";
    }

    private static Table TableOf(IEnumerable<DifferenceGroup> groups, DateTimeOffset now)
    {
        var table = Tables.WithColumns("STATE", "WHAT", "FINGERPRINT");
        foreach (var group in groups)
        {
            if (table.Rows.Count > 0) table.AddEmptyRow();
            table.AddRow(GroupWords.State(group), Middle(GroupWords.Title(group)), new Text(GroupWords.Short(group)));
            table.AddRow(GroupWords.Severity(group), Middle(group.Operation, Tables.Quiet), new Text(Words.Ago(group.LastSeen, now), Tables.Quiet));
            if (GroupWords.LastValues(group) is { } values) Add(table, values);
            if (group.Standing is "noise" or "regression") Add(table, group.Standing is "noise" ? "noise: legacy contradicts itself as often" : "regression: more often than legacy contradicts itself");
            foreach (var line in Lines(group.Cause ?? "")) Add(table, line);
            Add(table, GroupWords.Extent(group));
            if (group.Stale + group.Undetermined > 0) Add(table, $"not counted: {Words.Count(group.Stale)} stale, {Words.Count(group.Undetermined)} undetermined");
        }

        return table;
    }

    // A cause is the sentence that everybody looks for, so it is never cut but within a word that is too long.
    private static List<string> Lines(string text)
    {
        var lines = new List<string>();
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (lines.Count > 0 && lines[^1].Length + 1 + word.Length <= MiddleLength) lines[^1] += $" {word}";
            else lines.Add(word);
        }

        return lines;
    }

    private static void Add(Table table, string text) => table.AddRow(Text.Empty, Middle(text, Tables.Quiet));

    private static Text Middle(string text, Style? style = null) => new(Words.Cut(text, MiddleLength), style);
}
