using Spectre.Console;
using Spectre.Console.Rendering;
using Strangler.Cli.Output;
using Strangler.Core.Adapters;

namespace Strangler.Cli.Verbs.Sync;

/// <summary>A comparison for people.</summary>
internal static class ComparePicture
{
    /// <summary>The verdict of equal stores.</summary>
    public const string Clean = "clean";

    private const int MaxShown = 20;
    private const int MaxFields = 3;
    private const int KeyLength = 36;

    /// <summary>The picture.</summary>
    public static IRenderable Of(CompareRun run)
    {
        var seconds = ((run.Finished ?? run.Started) - run.Started).TotalSeconds;
        var parts = new List<IRenderable>
        {
            new Text(Headline(run), run.Verdict == Clean ? Color.Green : Color.Red),
            new Text($"{Words.Count(run.Done)} aggregates compared in {Words.Seconds(seconds)} (run {run.Id}, {Words.Safe(run.Mode)})", Tables.Quiet),
            Text.Empty,
            Entities(run),
        };
        parts.AddRange(run.Entities.Where(entity => entity.UnchangedSince is not null).Select(entity => new Text(
            $"{Words.Safe(entity.Entity)}: {Words.Count(entity.RangesRead)} of {Words.Count(entity.Ranges)} ranges, the others unchanged since {entity.UnchangedSince:HH:mm} UTC",
            Tables.Quiet)));
        if (run.Items.Count > 0)
        {
            parts.Add(Text.Empty);
            parts.Add(Findings(run.Items, run.Differences + run.Waiting + run.DeadLetters + run.Undetermined));
        }

        return new Rows(parts);
    }

    /// <summary>What was found, aggregate by aggregate.</summary>
    /// <param name="items">The aggregates.</param>
    /// <param name="total">How many there are.</param>
    public static IRenderable Findings(IReadOnlyList<DataDifference> items, long total)
    {
        var table = Tables.WithColumns("ENTITY", "KEY", "WHAT", "FIELDS");
        foreach (var item in items.Take(MaxShown))
        {
            var names = item.Fields.Select(field => Words.Safe(field.Name)).Take(MaxFields).ToList();
            table.AddRow(
                new Text(Words.Safe(item.Entity)),
                new Text(Words.Cut(item.Key, KeyLength)),
                new Text(Words.Safe(item.Kind), Color.Yellow),
                new Text(names.Count == 0 ? Words.None : string.Join('\n', item.Fields.Count > MaxFields ? [.. names, $"and {item.Fields.Count - MaxFields} more"] : names)));
        }

        return total > MaxShown ? new Rows(table, new Text($"and {Words.Count(total - MaxShown)} more: -o json shows up to 1,000", Tables.Quiet)) : table;
    }

    private static string Headline(CompareRun run)
    {
        var counts = new (long Count, string What)[]
        {
            (run.Differences, run.Differences == 1 ? "differs" : "differ"),
            (run.Waiting, run.Waiting == 1 ? "waits to be brought over" : "wait to be brought over"),
            (run.DeadLetters, run.DeadLetters == 1 ? "is a dead letter" : "are dead letters"),
            (run.Undetermined, "could not be judged"),
        };
        return run.Verdict == Clean
            ? $"{Words.Safe(run.Stream)}: clean, both stores say the same"
            : $"{Words.Safe(run.Stream)}: {string.Join(", ", counts.Where(pair => pair.Count > 0).Select(pair => $"{Words.Count(pair.Count)} {pair.What}"))}";
    }

    private static Table Entities(CompareRun run)
    {
        var table = Tables.WithColumns("ENTITY", ">SOURCE", ">TARGET", ">RANGES READ", ">FOUND");
        foreach (var entity in run.Entities)
        {
            table.AddRow(
                new Text(Words.Safe(entity.Entity)),
                new Text(Words.Count(entity.Source)),
                new Text(Words.Count(entity.Target)),
                new Text($"{Words.Count(entity.RangesRead)} of {Words.Count(entity.Ranges)}"),
                new Text(Words.Count(entity.Findings)));
        }

        return table;
    }
}
