using System.CommandLine;
using Strangler.Cli.Output;
using Strangler.Core.Adapters;

namespace Strangler.Cli.Verbs.Sync;

/// <summary><c>strangler sync compare</c>: whether both stores say the same.</summary>
internal static class CompareVerb
{
    /// <summary>The verb.</summary>
    /// <param name="runner">Runs it.</param>
    /// <param name="adapters">Where the adapters are.</param>
    public static Verb Create(SessionRunner runner, Option<string?> adapters)
    {
        var capability = SyncVerb.Capability();
        var full = new Option<bool>("--full") { Description = "Also compares ranges that nobody has written through the adapters since the last time." };
        var exact = new Option<bool>("--exact") { Description = "Compares both stores at one instant, for a sign-off." };
        var verb = new Verb(
            "compare", "Compares both stores, aggregate by aggregate; exit code 1 unless they are equal.", "strangler sync compare catalog --full")
        {
            capability,
            full,
            exact,
        };
        verb.SetAction(runner.Run(async (session, parse, cancellation) =>
        {
            var stream = parse.GetRequiredValue(capability);
            var request = new CompareRequest(parse.GetValue(full), parse.GetValue(exact), session.Actor);
            var run = await new CompareFlow(session, session.Adapters(parse.GetValue(adapters)), stream).CompareAsync(request, cancellation);
            session.Write(() => JsonOutput.From(run, AdaptersJson.Default.CompareRun), () => ComparePicture.Of(run), NextSteps(run));
            return run.Verdict == ComparePicture.Clean ? ExitCode.Ok : ExitCode.Failed;
        }));
        return verb;
    }

    private static List<string> NextSteps(CompareRun run) =>
    [
        .. run.Differences > 0 ? [$"strangler sync repair {run.Stream} --dry-run"] : (string[])[],
        .. run.DeadLetters > 0 ? [$"strangler sync deadletters list {run.Stream}"] : (string[])[],
        .. run is { Differences: 0, DeadLetters: 0, Verdict: not ComparePicture.Clean } ? ["strangler sync status"] : (string[])[],
    ];
}
