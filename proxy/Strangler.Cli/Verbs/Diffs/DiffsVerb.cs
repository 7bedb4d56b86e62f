using System.CommandLine;
using Strangler.Cli.Api;
using Strangler.Cli.Output;
using Strangler.Cli.Verbs.Diffs.Exports;
using Strangler.Core.Admin;

namespace Strangler.Cli.Verbs.Diffs;

/// <summary><c>strangler diffs [CAP]</c>: how the answers of the two sides differ, in groups; and what is made of them.</summary>
internal static class DiffsVerb
{
    private const int DefaultLimit = 20;
    private const int MaxLimit = 1_000;

    /// <summary>The verb.</summary>
    /// <param name="runner">Runs it.</param>
    public static Verb Create(SessionRunner runner)
    {
        var capability = Arguments.OptionalCapability();
        var limit = Arguments.Limit("groups", MaxLimit, DefaultLimit);
        var verb = new Verb(
            "diffs",
            "Shows the groups of differences between the answers of the two sides: what waits for a decision first, the gravest of it first.",
            "strangler diffs catalog")
        {
            capability,
            limit,
            ShowVerb.Create(runner),
            JudgeVerb.Ack(runner),
            JudgeVerb.Ignore(runner),
            JudgeVerb.Fix(runner),
            JudgeVerb.Reopen(runner),
            RerunVerb.Create(runner),
            RulesPreviewVerb.Create(runner),
            ExportVerb.Create(runner),
        };
        verb.SetAction(runner.Run(async (session, parse, cancellation) =>
        {
            var only = parse.GetValue(capability);
            var answer = await session.Edge.GetDifferencesAsync(only, parse.GetValue(limit), cancellation);
            var first = answer.Groups.FirstOrDefault(GroupWords.IsOpen);
            session.Write(
                () => JsonOutput.From(answer, AdminJson.Default.DifferencesAnswer),
                () => DiffsPicture.Of(answer, session.Time.GetUtcNow()),
                [first is null ? $"strangler status {only}".TrimEnd() : $"strangler diffs show {GroupWords.Short(first)}"]);
            return ExitCode.Ok;
        }));
        return verb;
    }

    /// <summary>The group that a verb is about.</summary>
    public static Argument<string> Fingerprint() => Arguments.NoOption(new Argument<string>("FINGERPRINT")
    {
        Description = "Fingerprint of the group; a beginning that only it has will do.",
    });
}
