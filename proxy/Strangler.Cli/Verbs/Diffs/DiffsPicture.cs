using Spectre.Console;
using Spectre.Console.Rendering;
using Strangler.Cli.Output;
using Strangler.Core.Admin;

namespace Strangler.Cli.Verbs.Diffs;

/// <summary>Groups of differences for people: two or three lines a group, one table a capability.</summary>
internal static class DiffsPicture
{
    private const int SampleLength = 52;

    /// <summary>The picture.</summary>
    /// <param name="answer">What the edge said.</param>
    /// <param name="now">The present time.</param>
    public static IRenderable Of(DifferencesAnswer answer, DateTimeOffset now)
    {
        if (answer.Groups.Count == 0)
        {
            return new Text("No differences.");
        }

        var parts = answer.Groups
            .GroupBy(group => group.Capability, StringComparer.Ordinal)
            .SelectMany(groups => (IRenderable[])[new Text(Words.Safe(groups.Key)), TableOf(groups, now), Text.Empty])
            .SkipLast(1);
        return new Rows(parts);
    }

    private static Table TableOf(IEnumerable<DifferenceGroup> groups, DateTimeOffset now)
    {
        var table = Tables.WithColumns(">COUNT", "KIND", "FIELD", "LAST SEEN");
        foreach (var group in groups)
        {
            var sample = group.Sample;
            table.AddRow(
                new Text(Words.Count(group.Count)),
                new Text(Words.Safe(group.Kind), Color.Yellow),
                new Text(Words.Safe(group.Path)),
                new Text(Words.Ago(group.LastSeen, now)));
            AddDetail(table, $"{sample.Method} {Words.Cut(sample.Path, SampleLength)}");
            AddDetail(table, $"legacy {sample.LegacyStatus}  {Words.Cut(sample.Legacy, SampleLength)}");
            AddDetail(table, $"new    {sample.NewStatus}  {Words.Cut(sample.New, SampleLength)}");
            if (group.Stale > 0)
            {
                AddDetail(table, $"and {Words.Count(group.Stale)} that were only stale");
            }

            if (group.Undetermined > 0)
            {
                AddDetail(table, $"and {Words.Count(group.Undetermined)} undetermined");
            }
        }

        return table;
    }

    private static void AddDetail(Table table, string text) =>
        table.AddRow(Text.Empty, Text.Empty, new Text(text, Tables.Quiet));
}
