using Spectre.Console;
using Spectre.Console.Rendering;
using Strangler.Cli.Api;
using Strangler.Cli.Output;
using Strangler.Core.Admin;

namespace Strangler.Cli.Verbs.Diffs;

/// <summary><c>strangler diffs rerun FINGERPRINT</c>: both sides asked again.</summary>
internal static class RerunVerb
{
    private const int ValueLength = 24;
    private const int PathLength = 26;

    /// <summary>The verb.</summary>
    /// <param name="runner">Runs it.</param>
    public static Verb Create(SessionRunner runner)
    {
        var fingerprint = DiffsVerb.Fingerprint();
        var verb = new Verb(
            "rerun",
            "Asks both sides again with the group's last request, if the edge that is asked still has it in memory. Exit code 1 when they differ.",
            "strangler diffs rerun a1b2c3d4")
        {
            fingerprint,
        };
        verb.SetAction(runner.Run(async (session, parse, cancellation) =>
        {
            var answer = await session.Edge.RerunAsync(parse.GetRequiredValue(fingerprint), cancellation);
            var name = answer.Fingerprint[..Math.Min(8, answer.Fingerprint.Length)];
            session.Write(
                () => JsonOutput.From(answer, AdminJson.Default.RerunAnswer),
                () => Picture(answer),
                [answer.Result is "equal" or "other" ? $"strangler diffs fix {name} --reason \"...\"" : $"strangler diffs show {name}"]);
            return answer.Result is "equal" ? ExitCode.Ok : ExitCode.Failed;
        }));
        return verb;
    }

    private static Rows Picture(RerunAnswer answer)
    {
        var head = new Text($"{Words.Safe(answer.Operation)}: {Words.Safe(answer.Sentence)} (legacy {answer.LegacyStatus}, new {answer.NewStatus}).");
        if (answer.Differences.Count == 0) return new Rows(head);
        var table = Tables.WithColumns("WHAT", "LEGACY", "NEW");
        foreach (var difference in answer.Differences)
        {
            var isThis = difference.Fingerprint == answer.Fingerprint;
            table.AddRow(
                new Text(Words.Cut($"{difference.Kind} at {difference.Path}", PathLength), isThis ? null : Tables.Quiet),
                new Text(Words.Cut(difference.Legacy, ValueLength)),
                new Text(Words.Cut(difference.New, ValueLength), Color.Yellow));
        }

        return new Rows(head, Text.Empty, (IRenderable)table);
    }
}
