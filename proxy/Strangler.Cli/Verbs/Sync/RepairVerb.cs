using System.CommandLine;
using Spectre.Console;
using Spectre.Console.Rendering;
using Strangler.Cli.Output;
using Strangler.Cli.Verbs.Changes;
using Strangler.Core.Adapters;

namespace Strangler.Cli.Verbs.Sync;

/// <summary><c>strangler sync repair</c>: the owner's state once more, where the stores differ.</summary>
internal static class RepairVerb
{
    /// <summary>The verb.</summary>
    /// <param name="runner">Runs it.</param>
    /// <param name="adapters">Where the adapters are.</param>
    public static Verb Create(SessionRunner runner, Option<string?> adapters)
    {
        var capability = SyncVerb.Capability();
        var last = new Option<bool>("--last") { Description = "Goes by the last comparison instead of making one." };
        var strays = new Option<bool>("--strays") { Description = "Also deletes rows in the target to which no aggregate of the source leads." };
        var most = new Option<long?>("--max-keys") { Description = "Most aggregates to repair; else 1,000 or 1 % of all, whichever is more.", HelpName = "N" };
        most.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<long?>() is < 1)
            {
                result.AddError("--max-keys must be 1 or more.");
            }
        });
        var options = new ChangeOptions();
        var verb = new Verb(
            "repair", "Compares, brings over once more what differs, and compares that again. The owner wins.", "strangler sync repair catalog --dry-run")
        {
            capability,
            last,
            strays,
            most,
        };
        options.AddTo(verb, plans: false);
        verb.SetAction(runner.Run((session, parse, cancellation) => RunAsync(
            session,
            new CompareFlow(session, session.Adapters(parse.GetValue(adapters)), parse.GetRequiredValue(capability)),
            options.Read(parse),
            parse.GetValue(last),
            new RepairRequest(MaxKeys: parse.GetValue(most), Strays: parse.GetValue(strays), Actor: session.Actor),
            cancellation)));
        return verb;
    }

    private static async Task<ExitCode> RunAsync(
        Session session, CompareFlow flow, ChangeChoices choices, bool last, RepairRequest request, CancellationToken cancellation)
    {
        choices.Require(session.Terminal, asks: true);
        long? run = last ? null : (await flow.CompareAsync(new CompareRequest(Full: true, Actor: request.Actor), cancellation)).Id;
        var plan = await flow.RepairAsync(request with { Run = run, DryRun = true }, cancellation);
        if (plan.Keys == 0 || choices.DryRun)
        {
            Write(session, plan, Headline(plan, choices.DryRun), choices.DryRun);
            return plan.Keys == 0 ? plan.Strays == 0 ? ExitCode.Ok : ExitCode.Failed : ExitCode.PreviewHasChanges;
        }

        var question = $"{plan.Stream}: {Words.Count(plan.Keys)} aggregate{(plan.Keys == 1 ? "" : "s")} will be written again from the owner.";
        if (await Asking.AgreeAsync(session, choices, question, cancellation) is not { } reason)
        {
            return ExitCode.Failed;
        }

        var done = await flow.RepairAsync(request with { Run = plan.Run, Reason = reason }, cancellation);
        Write(session, done, $"{done.Stream}: {Words.Count(done.Repaired)} repaired, {Words.Count(done.Left ?? 0)} still differ{(done.Left == 1 ? "s" : "")}", dryRun: false);
        return done.Left is 0 && done.Strays == 0 ? ExitCode.Ok : ExitCode.Failed;
    }

    private static string Headline(RepairRun plan, bool dryRun) => plan.Keys == 0
        ? $"{plan.Stream}: nothing to repair"
        : $"{plan.Stream}: {Words.Count(plan.Keys)} aggregate{(plan.Keys == 1 ? "" : "s")} {(dryRun ? "would" : "will")} be written again from the owner (at most {Words.Count(plan.Limit)} at a time)";

    private static void Write(Session session, RepairRun run, string headline, bool dryRun) => session.Write(
        () =>
        {
            var document = JsonOutput.From(run, AdaptersJson.Default.RepairRun);
            document.Insert(0, "dryRun", dryRun);
            return document;
        },
        () => Picture(run, headline),
        dryRun && run.Keys > 0 ? [$"strangler sync repair {run.Stream} --last"]
            : run.Strays > 0 ? [$"strangler sync repair {run.Stream} --strays --dry-run"]
            : [$"strangler sync compare {run.Stream}"]);

    private static Rows Picture(RepairRun run, string headline)
    {
        var parts = new List<IRenderable> { new Text(headline) };
        if (run.Items.Count > 0)
        {
            parts.Add(Text.Empty);
            parts.Add(ComparePicture.Findings(run.Items, run.Left ?? run.Keys));
        }

        if (run.Strays > 0)
        {
            parts.Add(new Text($"{Words.Count(run.Strays)} in the target that no aggregate of the source leads to: left alone without --strays", Color.Yellow));
        }

        return new Rows(parts);
    }
}
