using System.CommandLine;
using Strangler.Cli.Output;
using Strangler.Core.Admin;

namespace Strangler.Cli.Verbs.Gates;

/// <summary><c>strangler gate CAP</c>: whether the evidence suffices for a step up; the exit code says it to a pipeline.</summary>
internal static class GateVerb
{
    private const string Pass = "pass";

    /// <summary>The verb.</summary>
    /// <param name="runner">Runs it.</param>
    public static Verb Create(SessionRunner runner)
    {
        var capability = Arguments.NoOption(new Argument<string>("CAP") { Description = "Name of the capability, as in the rules." });
        var demands = new GateOptions();
        var report = new Option<string?>("--as") { Description = "Write a report instead: junit for a pipeline, md for a merge request.", HelpName = "FORMAT" };
        report.AcceptOnlyFromAmong(GateReport.Formats);
        var verb = new Verb(
            "gate",
            "Says whether the evidence suffices for a step up, with the numbers; exits with 5 when it does not.",
            "strangler gate catalog --max-mismatch 0.1%")
        {
            capability,
            report,
        };
        demands.AddTo(verb);
        verb.SetAction(runner.Run(async (session, parse, cancellation) =>
        {
            var name = parse.GetRequiredValue(capability);
            var answer = await session.Edge.GetGateAsync(name, demands.Query(parse), cancellation);
            var isOpen = string.Equals(answer.Verdict, Pass, StringComparison.Ordinal);
            if (parse.GetValue(report) is { } format) session.Terminal.Out.Write(GateReport.Of(answer, format));
            else
            {
                session.Write(
                    () => JsonOutput.From(answer, AdminJson.Default.GateAnswer),
                    () => GatePicture.Of(answer),
                    [isOpen ? $"strangler promote {name}" : $"strangler diffs {name}"]);
            }

            return isOpen ? ExitCode.Ok : ExitCode.GateRefused;
        }));
        return verb;
    }
}
