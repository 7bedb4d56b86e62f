using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Strangler.Cli.Verbs;
using Strangler.Cli.Verbs.Audit;
using Strangler.Cli.Verbs.Changes;
using Strangler.Cli.Verbs.Completion;
using Strangler.Cli.Verbs.Diffs;
using Strangler.Cli.Verbs.Explain;
using Strangler.Cli.Verbs.Gates;
using Strangler.Cli.Verbs.Init;
using Strangler.Cli.Verbs.Plans;
using Strangler.Cli.Verbs.Preview;
using Strangler.Cli.Verbs.Replay;
using Strangler.Cli.Verbs.Status;
using Strangler.Cli.Verbs.Sync;
using Strangler.Cli.Verbs.Tokens;
using Strangler.Cli.Verbs.Validate;

namespace Strangler.Cli;

/// <summary>The command as a whole: all verbs, and what every one of them has in common.</summary>
internal static class CliApp
{
    private const string Description =
        "Looks at and moves the capabilities of a Strangler edge.\n\n"
        + "The edge is found by --url or STRANGLER_URL, and opened by STRANGLER_TOKEN or STRANGLER_TOKEN_FILE.\n\n"
        + "Exit codes: 0 ok, 1 failed, 2 usage, 3 rules invalid, 4 preview has changes, 5 gate refused, "
        + "6 stale revision, 7 proxy unreachable.";

    /// <summary>Runs the command.</summary>
    /// <param name="args">Command line, without the name of the program.</param>
    /// <param name="environment">What it reads, writes and talks to.</param>
    /// <param name="cancellation">Ends it early, besides Ctrl-C.</param>
    /// <returns>Exit code of the process: a value of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> args,
        CliEnvironment environment,
        CancellationToken cancellation = default)
    {
        var terminal = environment.Terminal;
        var root = Create(environment);
        var parse = root.Parse(args);
        // Left to itself the library exits with 1, which says "failed" to a script, not "wrongly called".
        if (parse.Action is ParseErrorAction)
        {
            WriteUsageErrors(terminal.Error, root, parse);
            return (int)ExitCode.Usage;
        }

        return await parse.InvokeAsync(
            new InvocationConfiguration { Output = terminal.Out, Error = terminal.Error },
            cancellation);
    }

    private static void WriteUsageErrors(TextWriter error, RootCommand root, ParseResult parse)
    {
        if (parse.CommandResult.Command is Verb verb)
        {
            foreach (var problem in parse.Errors)
            {
                error.WriteLine($"strangler: {problem.Message}");
            }

            error.WriteLine($"Try 'strangler {verb.Words} --help'.");
            return;
        }

        var wrong = parse.UnmatchedTokens is [var first, ..] ? $"There is no verb '{first}'." : "There is no verb.";
        error.WriteLine($"strangler: {wrong} Verbs are: {string.Join(", ", root.Subcommands.Select(each => each.Name))}.");
        error.WriteLine("Try 'strangler --help'.");
    }

    private static RootCommand Create(CliEnvironment environment)
    {
        var common = new CommonOptions();
        var session = new SessionRunner(environment, common);
        var root = new RootCommand(Description)
        {
            common.Url,
            common.Output,
            StatusVerb.Create(session),
            PreviewVerb.Create(session),
        };
        foreach (var syntax in MoveVerb.All())
        {
            root.Add(MoveVerb.Create(session, syntax));
        }

        root.Add(BreakerVerb.Create(session));
        root.Add(DiffsVerb.Create(session));
        root.Add(GateVerb.Create(session));
        root.Add(ExplainVerb.Create(session));
        root.Add(ReplayVerb.Create(session, environment.CreateHandler));
        root.Add(InitVerb.Create(session, environment.CreateHandler));
        root.Add(ValidateVerb.Create(session));
        root.Add(ApplyVerb.Create(session));
        root.Add(PlansVerb.Create(session));
        root.Add(AuditVerb.Create(session));
        root.Add(TokenVerb.Create(session));
        root.Add(SyncVerb.Create(session));
        root.Add(CompletionVerb.Create(session));
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExample((HelpAction)help.Action!, environment.Terminal.Width);
        return root;
    }
}
