using System.CommandLine;
using Strangler.Core.Admin;

namespace Strangler.Cli.Verbs.Status;

/// <summary><c>strangler status [CAP] [--watch]</c>: where the capabilities stand.</summary>
internal static class StatusVerb
{
    /// <summary>The verb.</summary>
    /// <param name="runner">Runs it.</param>
    public static Verb Create(SessionRunner runner)
    {
        var capability = Arguments.OptionalCapability();
        var watch = new Option<bool>("--watch", "-w") { Description = "Look again every 2 s until Ctrl-C." };
        var verb = new Verb(
            "status",
            "Shows where the capabilities stand: stage, share, match rate, lag, requests and p95 by side.",
            "strangler status catalog --watch")
        {
            capability,
            watch,
        };
        verb.SetAction(runner.Run(async (session, parse, cancellation) =>
        {
            var only = parse.GetValue(capability);
            if (parse.GetValue(watch))
            {
                return await new StatusWatch(session, only).RunAsync(cancellation);
            }

            Write(session, await ReadAsync(session, only, cancellation));
            return ExitCode.Ok;
        }));
        return verb;
    }

    /// <summary>Asks the edge.</summary>
    /// <param name="session">The run.</param>
    /// <param name="only">Name of the only capability wanted; null for all.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="CliException">The edge is away, or there is no such capability.</exception>
    public static async Task<CapabilitiesAnswer> ReadAsync(Session session, string? only, CancellationToken cancellation)
    {
        var answer = await session.Edge.GetCapabilitiesAsync(cancellation);
        if (only is null)
        {
            return answer;
        }

        var found = answer.Capabilities.Where(capability => string.Equals(capability.Name, only, StringComparison.Ordinal));
        return found.ToArray() is { Length: > 0 } one
            ? answer with { Capabilities = one }
            : throw new CliException(
                ExitCode.Failed,
                $"There is no capability '{only}'. There are: {string.Join(", ", answer.Capabilities.Select(each => each.Name))}.");
    }

    private static void Write(Session session, CapabilitiesAnswer answer) => session.Write(
        () => StatusReport.Document(answer),
        () => StatusReport.Picture(answer, session.Time.GetUtcNow()),
        StatusReport.NextSteps(answer));
}
