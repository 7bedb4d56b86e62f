using Strangler.Cli.Api;
using Strangler.Cli.Output;
using Strangler.Core.Admin;

namespace Strangler.Cli.Verbs.Diffs;

/// <summary><c>strangler diffs show FINGERPRINT</c>: one group, both sides side by side.</summary>
internal static class ShowVerb
{
    /// <summary>The verb.</summary>
    /// <param name="runner">Runs it.</param>
    public static Verb Create(SessionRunner runner)
    {
        var fingerprint = DiffsVerb.Fingerprint();
        var verb = new Verb("show", "Shows a group: its cause, how often it was seen, and what both sides have at the place where they differ.", "strangler diffs show a1b2c3d4")
        {
            fingerprint,
        };
        verb.SetAction(runner.Run(async (session, parse, cancellation) =>
        {
            var answer = await session.Edge.GetDifferenceAsync(parse.GetRequiredValue(fingerprint), cancellation);
            session.Write(
                () => JsonOutput.From(answer, AdminJson.Default.DifferenceAnswer),
                () => GroupPicture.Of(answer, session.Time.GetUtcNow()),
                NextSteps(answer.Group));
            return ExitCode.Ok;
        }));
        return verb;
    }

    private static string[] NextSteps(DifferenceGroup group)
    {
        var name = GroupWords.Short(group);
        return GroupWords.IsOpen(group)
            ? [$"strangler diffs rerun {name}", $"strangler diffs ack {name} --reason \"...\""]
            : [$"strangler diffs {group.Capability}"];
    }
}
