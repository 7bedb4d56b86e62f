using System.CommandLine;
using Strangler.Core.Admin;

namespace Strangler.Cli.Verbs.Status;

/// <summary><c>strangler status [CAP] [--watch] [--exit-code]</c>: where the capabilities stand.</summary>
internal static class StatusVerb
{
    /// <summary>The verb.</summary>
    /// <param name="runner">Runs it.</param>
    public static Verb Create(SessionRunner runner)
    {
        var capability = Arguments.OptionalCapability();
        var watch = new Option<bool>("--watch", "-w") { Description = "Show changes as they come until Ctrl-C." };
        var strict = new Option<bool>("--exit-code")
        {
            Description = "Exit with 1 when a capability is killed, a breaker is not closed, or an edge is behind, refuses a plan, overrides one or cannot be asked.",
        };
        var verb = new Verb(
            "status",
            "Shows where the capabilities stand: stage, share, match rate, lag, requests and p95 by side.",
            "strangler status catalog --watch")
        {
            capability,
            watch,
            strict,
        };
        verb.SetAction(runner.Run(async (session, parse, cancellation) =>
        {
            var only = parse.GetValue(capability);
            if (parse.GetValue(watch))
            {
                return await new StatusWatch(session, only).RunAsync(cancellation);
            }

            var view = await ReadAsync(session, only, cancellation);
            session.Write(() => StatusReport.Document(view), () => StatusReport.Picture(view, session.Time.GetUtcNow()), StatusReport.NextSteps(view));
            return parse.GetValue(strict) && view.NeedsAttention ? ExitCode.Failed : ExitCode.Ok;
        }));
        return verb;
    }

    /// <summary>Asks the edge.</summary>
    /// <param name="session">The run.</param>
    /// <param name="only">Name of the only capability wanted; null for all.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="CliException">The edge is away, or there is no such capability.</exception>
    public static async Task<StatusView> ReadAsync(Session session, string? only, CancellationToken cancellation)
    {
        return (await WithStoreAsync(session, await session.Edge.GetCapabilitiesAsync(cancellation), cancellation)).Only(only);
    }

    /// <summary>Asks the edge for its store; an answer that does not come takes nothing from the capabilities, which matter more.</summary>
    /// <param name="session">The run.</param>
    /// <param name="answer">The capabilities.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public static async Task<StatusView> WithStoreAsync(Session session, CapabilitiesAnswer answer, CancellationToken cancellation)
    {
        try
        {
            return new StatusView(answer, await session.Edge.GetEdgesAsync(cancellation));
        }
        catch (CliException failure)
        {
            return new StatusView(answer, null) { StoreTrouble = failure.Problem?.Type == ProblemTypes.NotFound ? null : failure.Message };
        }
    }
}
