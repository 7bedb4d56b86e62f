using System.CommandLine;
using Strangler.Cli.Output;
using Strangler.Cli.Verbs.Validate;
using Strangler.Core.Admin;

namespace Strangler.Cli.Verbs;

/// <summary>Runs a verb and says in one place what happens when it fails.</summary>
/// <param name="environment">What the command reads, writes and talks to.</param>
/// <param name="options">Options that every verb has.</param>
internal sealed class SessionRunner(CliEnvironment environment, CommonOptions options)
{
    /// <summary>The action of a verb.</summary>
    /// <param name="run">What the verb does.</param>
    public Func<ParseResult, CancellationToken, Task<int>> Run(
        Func<Session, ParseResult, CancellationToken, Task<ExitCode>> run) =>
        async (parse, cancellation) =>
        {
            using var session = new Session(environment, parse.GetValue(options.Output), parse.GetValue(options.Url));
            try
            {
                return (int)await run(session, parse, cancellation);
            }
            catch (CliException failure)
            {
                Report(session, failure);
                return (int)failure.Code;
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                session.Tell("Stopped.");
                return (int)ExitCode.Failed;
            }
        };

    private static void Report(Session session, CliException failure)
    {
        var findings = failure.Problem?.Errors ?? [];
        if (session.Format is OutputFormat.Json)
        {
            JsonOutput.Write(session.Terminal.Out, JsonOutput.From(failure), []);
        }
        else if (failure.Code is ExitCode.RulesInvalid)
        {
            RuleErrors.Write(session.Terminal.Out, findings);
        }
        else
        {
            // A single precondition often stands in the sentence already.
            foreach (AdminError finding in findings.Where(each => !failure.Message.Contains(each.Message, StringComparison.Ordinal)))
            {
                session.Tell($"  {finding.Message}");
            }
        }

        session.Tell($"strangler: {failure.Message}");
    }
}
