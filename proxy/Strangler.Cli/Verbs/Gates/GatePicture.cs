using Spectre.Console;
using Spectre.Console.Rendering;
using Strangler.Cli.Output;
using Strangler.Core.Admin;

namespace Strangler.Cli.Verbs.Gates;

/// <summary>A gate's answer for people: the verdict first, then why.</summary>
internal static class GatePicture
{
    /// <summary>The picture.</summary>
    public static IRenderable Of(GateAnswer answer)
    {
        var verdict = answer.Verdict.Replace('-', ' ');
        return new Rows(
        [
            new Text($"{Words.Safe(answer.Capability)}: {verdict}", Style(answer.Verdict)),
            .. answer.Missing.Select(sentence => Item("-", sentence, Spectre.Console.Style.Plain)),
            Text.Empty,
            Tables.Facts(
                ("stage", answer.Stage),
                ("demands", Demands(answer.Demands)),
                ("seen", $"{Words.Count(answer.Compared)} compared in the last hour, {Words.Count(answer.Different)} different"),
                ("p95", answer.LegacyP95Ms is null && answer.NewP95Ms is null ? null : $"legacy {Words.Milliseconds(answer.LegacyP95Ms)}, new {Words.Milliseconds(answer.NewP95Ms)}"),
                ("lag", answer.LagSeconds is null ? null : Words.Seconds(answer.LagSeconds))),
            .. answer.Remarks.Select(sentence => Item("note", sentence, Tables.Quiet)),
        ]);
    }

    /// <summary>What is demanded, in words.</summary>
    public static string Demands(GateDemands demands)
    {
        var words = new List<string>();
        if (demands.MaxMismatch is { } mismatch)
        {
            words.Add($"mismatch at most {Share(mismatch)} at {Share(demands.Confidence)} confidence");
            if (demands.MinCompared > 0) words.Add($"at least {Words.Count(demands.MinCompared)} compared");
            words.Add($"undetermined at most {Share(demands.MaxUndetermined)}");
        }

        if (demands.NoNewGroups) words.Add("no new groups");
        if (demands.MaxP95Ratio is { } ratio) words.Add($"p95 at most {ratio:0.##} times legacy's");
        return words.Count == 0 ? "nothing" : string.Join(", ", words);
    }

    private static string Share(double share) => $"{share * 100:0.####} %";

    private static Grid Item(string mark, string sentence, Style style)
    {
        var grid = new Grid();
        grid.AddColumn(new GridColumn { NoWrap = true, Padding = new Padding(2, 0, 1, 0) });
        grid.AddColumn(new GridColumn { Padding = new Padding(0) });
        return grid.AddRow(new Text(mark, style), new Text(Words.Safe(sentence), style));
    }

    private static Style Style(string verdict) => new(verdict switch { "pass" => Color.Green, "hold" => Color.Yellow, _ => Color.Red });
}
