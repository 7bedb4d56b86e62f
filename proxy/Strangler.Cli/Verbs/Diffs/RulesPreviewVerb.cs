using System.CommandLine;
using Spectre.Console;
using Strangler.Cli.Api;
using Strangler.Cli.Output;
using Strangler.Cli.Verbs.Validate;
using Strangler.Core.Admin;

namespace Strangler.Cli.Verbs.Diffs;

/// <summary><c>strangler diffs preview CAP --rules FILE</c>: what a draft of the compare rules would hide.</summary>
internal static class RulesPreviewVerb
{
    private const int TitleLength = 46;

    /// <summary>The verb.</summary>
    /// <param name="runner">Runs it.</param>
    public static Verb Create(SessionRunner runner)
    {
        var capability = Arguments.NoOption(new Argument<string>("CAP") { Description = "Name of the capability, as in the draft." });
        var rules = new Option<string[]>("--rules") { Description = "The draft: a rules file or folder; may be given several times.", HelpName = "FILE", Required = true };
        var verb = new Verb(
            "preview",
            "Says what the compare rules of a draft would hide of the differences that are stored. Exit code 4 when they would hide something.",
            "strangler diffs preview catalog --rules draft.yaml")
        {
            capability,
            rules,
        };
        verb.SetAction(runner.Run(async (session, parse, cancellation) =>
        {
            var files = RulesOnDisk.Read(parse.GetRequiredValue(rules));
            var answer = await session.Edge.PreviewRulesAsync(new RulesPreviewRequest(parse.GetRequiredValue(capability), files), cancellation);
            var hides = answer.Groups.Any(group => group.Hidden > 0);
            session.Write(
                () => JsonOutput.From(answer, AdminJson.Default.RulesPreviewAnswer),
                () => Picture(answer),
                hides ? ["strangler apply --reason \"...\""] : [$"strangler diffs {answer.Capability}"]);
            return hides ? ExitCode.PreviewHasChanges : ExitCode.Ok;
        }));
        return verb;
    }

    private static Rows Picture(RulesPreviewAnswer answer)
    {
        if (answer.Groups.Count == 0) return new Rows(new Text("No differences are stored, so nothing would be hidden."));
        var table = Tables.WithColumns("WOULD BE", ">SAMPLES", "WHAT", "FINGERPRINT");
        foreach (var each in answer.Groups)
        {
            table.AddRow(
                new Text(Words.Safe(each.Effect), each.Effect switch { "hidden" => Color.Yellow, "stays" => Style.Plain, _ => Tables.Quiet }),
                new Text($"{each.Hidden} of {each.Samples}"),
                new Text(Words.Cut(GroupWords.Title(each.Group), TitleLength)),
                new Text(GroupWords.Short(each.Group)));
            table.AddRow(Text.Empty, Text.Empty, new Text(Words.Cut(each.Group.Operation, TitleLength), Tables.Quiet));
        }

        var unknown = answer.Groups.Sum(group => group.NotKnown);
        var summary = $"{GroupWords.Many(answer.Groups.Count(group => group.Effect is "hidden"), "group")} of {answer.Groups.Count} would be hidden, told from samples."
            + (unknown > 0 ? $" Of {GroupWords.Many(unknown, "sample")} it cannot be told, because values are not stored." : "");
        return new Rows(table, Text.Empty, new Text(summary));
    }
}
