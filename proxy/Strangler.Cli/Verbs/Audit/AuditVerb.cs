using System.CommandLine;
using Spectre.Console;
using Strangler.Cli.Output;
using Strangler.Core.Admin;

namespace Strangler.Cli.Verbs.Audit;

/// <summary><c>strangler audit</c> shows the log of all changes; <c>audit verify</c> checks that nobody has tampered with it.</summary>
internal static class AuditVerb
{
    private const int MaxLimit = 1000;
    private const int DefaultLimit = 20;

    /// <summary>The verb.</summary>
    /// <param name="runner">Runs it.</param>
    public static Verb Create(SessionRunner runner)
    {
        var capability = new Option<string?>("--capability") { Description = "Only the changes of this capability.", HelpName = "CAP" };
        var limit = Arguments.Limit("entries", MaxLimit, DefaultLimit);
        var verb = new Verb("audit", "Shows who changed what, when and why, and what was known then.", "strangler audit --capability catalog")
        {
            capability,
            limit,
            AuditVerifyVerb.Create(runner),
        };
        verb.SetAction(runner.Run(async (session, parse, cancellation) =>
        {
            var answer = await session.Edge.GetAuditAsync(parse.GetValue(capability), parse.GetValue(limit), cancellation);
            session.Write(() => JsonOutput.From(answer, AdminJson.Default.AuditAnswer), () => Picture(answer), ["strangler audit verify"]);
            return ExitCode.Ok;
        }));
        return verb;
    }

    private static Rows Picture(AuditAnswer answer) => new(answer.Entries.Count == 0
        ? [new Text("No entries.")]
        : answer.Entries.Select(entry => new Rows(
            new Text(Words.Safe($"{entry.At.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z  plan {entry.Plan}  {entry.Verb} {string.Join(' ', entry.Capabilities)}".TrimEnd() + $"  by {entry.Actor}")),
            Tables.Facts([("reason", entry.Reason), .. entry.Changes.Select(change => ("", (string?)change)), .. entry.Evidence.Select(known => ("known", (string?)known))]))));
}
