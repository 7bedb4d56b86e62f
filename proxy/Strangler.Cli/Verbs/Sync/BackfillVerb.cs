using System.CommandLine;
using System.Text.Json.Nodes;
using Spectre.Console;
using Strangler.Cli.Api;
using Strangler.Cli.Output;
using Strangler.Cli.Verbs.Changes;
using Strangler.Core.Adapters;

namespace Strangler.Cli.Verbs.Sync;

/// <summary><c>strangler sync backfill</c>: everything once more, beside the live changes.</summary>
internal static class BackfillVerb
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(300);

    /// <summary>The verb.</summary>
    /// <param name="runner">Runs it.</param>
    /// <param name="adapters">Where the adapters are.</param>
    public static Verb Create(SessionRunner runner, Option<string?> adapters)
    {
        var capability = SyncVerb.Capability();
        var entity = new Option<string?>("--entity") { Description = "Only this kind of aggregate.", HelpName = "E" };
        var options = new ChangeOptions();
        var verb = new Verb(
            "backfill", "Brings everything over once more, beside the live changes. Ctrl-C ends the watching, not the backfill.", "strangler sync backfill catalog --dry-run")
        {
            capability,
            entity,
        };
        options.AddTo(verb, plans: false);
        verb.SetAction(runner.Run(async (session, parse, cancellation) =>
        {
            var choices = options.Read(parse);
            choices.Require(session.Terminal, asks: true);
            var name = parse.GetRequiredValue(capability);
            var request = new BackfillRequest(parse.GetValue(entity), session.Actor);
            var client = session.Adapters(parse.GetValue(adapters));
            var what = request.Entity is null ? "everything" : $"every {request.Entity}";
            if (choices.DryRun)
            {
                Write(session, await FindAsync(client, name, cancellation), $"{name}: {what} would be read and compared once more; what is equal is not written", dryRun: true);
                return ExitCode.PreviewHasChanges;
            }

            if (await Asking.AgreeAsync(session, choices, $"{name}: {what} will be read and compared once more.", cancellation) is not { } reason)
            {
                return ExitCode.Failed;
            }

            var began = session.Time.GetTimestamp();
            var stream = await client.StartBackfillAsync(name, request with { Reason = reason }, cancellation);
            stream = await WatchAsync(session, client, stream, cancellation);
            var seconds = Words.Seconds(session.Time.GetElapsedTime(began).TotalSeconds);
            Write(session, stream, $"{name}: {Words.Count(stream.Filled)} aggregates are brought over, in {seconds}", dryRun: false);
            return ExitCode.Ok;
        }));
        return verb;
    }

    private static async Task<StreamReport> WatchAsync(Session session, AdaptersClient client, StreamReport stream, CancellationToken cancellation)
    {
        var progress = new ProgressLine(session.Terminal, $"backfill {stream.Name}");
        string? told = null;
        try
        {
            while (stream.State != StreamStates.Following)
            {
                var waits = stream.FillWaits ?? stream.Error;
                if (waits is not null && waits != told)
                {
                    progress.Clear();
                    session.Tell($"{stream.Name} waits: {waits}");
                    told = waits;
                }

                if (stream.State == StreamStates.Paused)
                {
                    throw new CliException(ExitCode.Failed, $"{stream.Name} is paused; the backfill goes on when its source is resumed.");
                }

                progress.Show(stream.Filled, stream.ToFill, stream.FillSecondsLeft);
                await Task.Delay(Poll, session.Time, cancellation);
                stream = await FindAsync(client, stream.Name, cancellation);
            }

            return stream;
        }
        finally
        {
            progress.Clear();
        }
    }

    private static async Task<StreamReport> FindAsync(AdaptersClient client, string name, CancellationToken cancellation) =>
        (await client.GetReportAsync(cancellation)).Streams.FirstOrDefault(stream => stream.Name == name)
        ?? throw new CliException(ExitCode.Failed, $"There is no stream {name}; strangler sync status shows them.");

    private static void Write(Session session, StreamReport stream, string headline, bool dryRun) => session.Write(
        () => new JsonObject { ["dryRun"] = dryRun, ["stream"] = JsonOutput.From(stream, AdaptersJson.Default.StreamReport) },
        () => new Text(headline),
        dryRun ? [] : stream.DeadLetters > 0 ? [$"strangler sync deadletters list {stream.Name}"] : [$"strangler sync compare {stream.Name}"]);
}
