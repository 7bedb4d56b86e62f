using System.CommandLine;
using Spectre.Console;
using Spectre.Console.Rendering;
using Strangler.Cli.Output;
using Strangler.Core.Admin;

namespace Strangler.Cli.Verbs.Plans;

/// <summary><c>strangler plans [NUMBER]</c>: the last plans and who made them, or one plan.</summary>
internal static class PlansVerb
{
    private const int MaxLimit = 500;
    private const int DefaultLimit = 20;

    /// <summary>The verb.</summary>
    /// <param name="runner">Runs it.</param>
    public static Verb Create(SessionRunner runner)
    {
        var number = new Argument<long?>("NUMBER") { Description = "Show this plan instead of the list.", Arity = ArgumentArity.ZeroOrOne };
        var limit = Arguments.Limit("plans", MaxLimit, DefaultLimit);
        var verb = new Verb("plans", "Lists the last plans and who made them, or shows what one plan says.", "strangler plans --limit 10")
        {
            number,
            limit,
        };
        verb.SetAction(runner.Run(async (session, parse, cancellation) =>
        {
            if (parse.GetValue(number) is { } one)
            {
                var plan = await session.Edge.GetPlanAsync(one, cancellation);
                session.Write(() => JsonOutput.From(plan, AdminJson.Default.PlanAnswer), () => Picture(plan), ["strangler plans"]);
                return ExitCode.Ok;
            }

            var answer = await session.Edge.GetPlansAsync(parse.GetValue(limit), cancellation);
            var now = session.Time.GetUtcNow();
            session.Write(() => JsonOutput.From(answer, AdminJson.Default.PlansAnswer), () => Picture(answer, now), [$"strangler plans {answer.Plan}"]);
            return ExitCode.Ok;
        }));
        return verb;
    }

    private static Table Picture(PlansAnswer answer, DateTimeOffset now)
    {
        var table = Tables.WithColumns(">PLAN", "WHEN", "ACTOR", "VERB", "WHAT");
        foreach (var plan in answer.Plans)
        {
            // With several capabilities each change names its own.
            var about = plan.Capabilities is [var only] ? $"{only}: " : "";
            table.AddRow(
                new Text(Words.Count(plan.Number)),
                new Text(Words.Ago(plan.At, now)),
                new Text(Words.Safe(plan.Actor)),
                new Text(Words.Safe(plan.Verb)),
                new Text(Words.Safe(about + string.Join("; ", plan.Changes))));
        }

        return table;
    }

    private static Rows Picture(PlanAnswer plan)
    {
        var table = Tables.WithColumns("CAPABILITY", "STAGE", ">SHARE", "NOTES");
        foreach (var capability in plan.Capabilities)
        {
            table.AddRow(
                new Text(Words.Safe(capability.Name)),
                new Text(Words.Safe(capability.Stage)),
                new Text(Words.Percent(capability.Share)),
                new Text(Words.Safe(string.Join(", ", Notes(capability)))));
        }

        IRenderable where = plan.Capabilities.Count == 0 ? new Text("Every capability is at legacy.") : table;
        return new Rows(
            new Text(Words.Safe($"plan {plan.Number}{(plan.InForce ? ", in force" : "")}, checksum {plan.Checksum[..12]}, rules {string.Join(", ", plan.Rules.Select(file => file.Name))}"), Tables.Quiet),
            Text.Empty,
            where);
    }

    private static IEnumerable<string> Notes(PlanCapability capability)
    {
        if (capability.Killed) yield return "killed";
        if (capability.Held) yield return "held";
        if (capability.Everyone) yield return "everyone";
        if (Lists.Words("included", capability.Include) is { } include) yield return include;
        if (Lists.Words("excluded", capability.Exclude) is { } exclude) yield return exclude;
    }
}
