using System.CommandLine;
using System.Globalization;
using Strangler.Cli.Api;
using Strangler.Cli.Output;
using Strangler.Cli.Verbs.Changes;
using Strangler.Core.Admin;

namespace Strangler.Cli.Verbs.Diffs;

/// <summary><c>strangler diffs ack|ignore|fix|reopen FINGERPRINT</c>: what is made of a group.</summary>
internal static class JudgeVerb
{
    private const string Day = "yyyy-MM-dd";

    /// <summary><c>ack</c>.</summary>
    /// <param name="runner">Runs it.</param>
    public static Verb Ack(SessionRunner runner) => Create(
        runner, "ack", "Acknowledges a group: it is known. It comes back as regressed when a new build of the new side has it.",
        "strangler diffs ack a1b2c3d4 --reason \"SHOP-12\"", hasAssignee: true);

    /// <summary><c>fix</c>.</summary>
    /// <param name="runner">Runs it.</param>
    public static Verb Fix(SessionRunner runner) => Create(
        runner, "fix", "Says that a group is mended. It comes back as regressed when the same or a newer build of the new side has it once more.",
        "strangler diffs fix a1b2c3d4 --reason \"deployed 1.4.2\"");

    /// <summary><c>reopen</c>.</summary>
    /// <param name="runner">Runs it.</param>
    public static Verb Reopen(SessionRunner runner) => Create(
        runner, "reopen", "Takes back what was made of a group: it is new again.", "strangler diffs reopen a1b2c3d4 --reason \"was a mistake\"");

    /// <summary><c>ignore</c>.</summary>
    /// <param name="runner">Runs it.</param>
    public static Verb Ignore(SessionRunner runner) => Create(
        runner, "ignore", "Accepts a group until a day, and prints the line that makes the comparer pass over it in the rules file. The day after, it comes back.",
        "strangler diffs ignore a1b2c3d4 --assignee qa --expires 2027-03-31 --reason \"new field\"", hasAssignee: true, expires: true);

    private static Verb Create(SessionRunner runner, string name, string description, string example, bool hasAssignee = false, bool expires = false)
    {
        var fingerprint = DiffsVerb.Fingerprint();
        var assignee = new Option<string?>("--assignee") { Description = "Who looks after it.", HelpName = "NAME", Required = expires };
        var until = Expires();
        var options = new ChangeOptions();
        var verb = new Verb(name, description, example) { fingerprint };
        if (hasAssignee) verb.Add(assignee);
        if (expires) verb.Add(until);
        options.AddTo(verb);
        verb.SetAction(runner.Run((session, parse, cancellation) =>
        {
            var group = parse.GetRequiredValue(fingerprint);
            var body = new JudgeRequest("", hasAssignee ? parse.GetValue(assignee) : null, expires ? parse.GetValue(until) : null);
            return new ChangeFlow(session, options.Read(parse), $"diffs {name} {group}", async (reason, how, token) =>
                Result(await session.Edge.JudgeAsync(group, name, body with { Reason = reason }, how, token))).RunAsync(cancellation);
        }));
        return verb;
    }

    private static ChangeResult Result(JudgeAnswer answer)
    {
        var rule = answer.Rule is null ? [] : new[] { "the comparer goes on seeing it until this line stands under 'compare' in the rules:", answer.Rule };
        return new ChangeResult(
            answer.Plan, answer.Changes.Count == 0 ? [] : [.. answer.Changes, .. rule], JsonOutput.From(answer, AdminJson.Default.JudgeAnswer), [$"strangler diffs {answer.Group.Capability}"]);
    }

    private static Option<DateOnly?> Expires() => new("--expires")
    {
        Description = "The last day on which it is ignored.",
        HelpName = "YYYY-MM-DD",
        Required = true,
        CustomParser = result =>
        {
            var text = result.Tokens.Single().Value;
            if (DateOnly.TryParseExact(text, Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day;
            result.AddError($"--expires is '{text}', but must be a day such as 2027-03-31.");
            return null;
        },
    };
}
