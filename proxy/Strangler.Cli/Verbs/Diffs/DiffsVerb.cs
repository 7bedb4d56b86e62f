using Strangler.Cli.Output;
using Strangler.Core.Admin;

namespace Strangler.Cli.Verbs.Diffs;

/// <summary><c>strangler diffs [CAP]</c>: how the answers of the two sides differ, in groups.</summary>
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
            "Shows the groups of differences between the answers of the two sides, with a sample of each.",
            "strangler diffs catalog")
        {
            capability,
            limit,
        };
        verb.SetAction(runner.Run(async (session, parse, cancellation) =>
        {
            var only = parse.GetValue(capability);
            var answer = await session.Edge.GetDifferencesAsync(only, parse.GetValue(limit), cancellation);
            session.Write(
                () => JsonOutput.From(answer, AdminJson.Default.DifferencesAnswer),
                () => DiffsPicture.Of(answer, session.Time.GetUtcNow()),
                [only is null ? "strangler status" : $"strangler status {only}"]);
            return ExitCode.Ok;
        }));
        return verb;
    }
}
