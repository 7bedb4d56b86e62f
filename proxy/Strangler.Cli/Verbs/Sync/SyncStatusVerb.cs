using System.CommandLine;
using Spectre.Console;
using Spectre.Console.Rendering;
using Strangler.Cli.Output;
using Strangler.Core.Adapters;

namespace Strangler.Cli.Verbs.Sync;

/// <summary><c>strangler sync status</c>: how far each stream is.</summary>
internal static class SyncStatusVerb
{
    private const int ReasonLength = 76;

    /// <summary>The verb.</summary>
    /// <param name="runner">Runs it.</param>
    /// <param name="adapters">Where the adapters are.</param>
    public static Verb Create(SessionRunner runner, Option<string?> adapters)
    {
        var verb = new Verb("status", "How far each stream is, what waits and what fails.", "strangler sync status");
        verb.SetAction(runner.Run(async (session, parse, cancellation) =>
        {
            var report = await session.Adapters(parse.GetValue(adapters)).GetReportAsync(cancellation);
            session.Write(() => JsonOutput.From(report, AdaptersJson.Default.AdaptersReport), () => Picture(report), NextSteps(report));
            return ExitCode.Ok;
        }));
        return verb;
    }

    private static Rows Picture(AdaptersReport report)
    {
        var table = Tables.WithColumns("STREAM", "STATE", ">LAG", ">FILLED", ">APPLIED", ">WAITING", ">DEAD");
        var remarks = new List<IRenderable>();
        foreach (var stream in report.Streams)
        {
            table.AddRow(
                new Text(Words.Safe(stream.Name)),
                new Text(Words.Safe(stream.State), ColorOf(stream.State)),
                new Text(Words.Seconds(stream.LagSeconds)),
                new Text(Filled(stream)),
                new Text(Words.Count(stream.Applied)),
                new Text(Words.Count(stream.Waiting)),
                new Text(Words.Count(stream.DeadLetters), stream.DeadLetters > 0 ? Color.Red : Color.Default));
            remarks.AddRange(Remarks(stream));
        }

        remarks.AddRange(report.Sources.Where(source => source.Paused is not null).Select(source => new Text(
            $"{Words.Safe(source.Name)}: paused by {Words.Safe(source.Paused!.Actor)}, {Words.Ago(source.Paused.At, report.Now)}: {Words.Safe(source.Paused.Reason)}", Color.Yellow)));
        remarks.AddRange(report.Sources.Where(source => source.Error is not null)
            .Select(source => new Text($"{Words.Safe(source.Name)}: {Words.Safe(source.Error!)}", Color.Red)));
        return new Rows([table, .. remarks]);
    }

    private static IEnumerable<IRenderable> Remarks(StreamReport stream)
    {
        // Said once, of the source.
        if (stream is { Error: { } error, State: not StreamStates.Paused })
        {
            yield return new Text($"{Words.Safe(stream.Name)}: {Words.Safe(error)}", Color.Red);
        }

        if (stream.FillWaits is { } waits)
        {
            yield return new Text($"{Words.Safe(stream.Name)}: the backfill waits: {Words.Safe(waits)}", Color.Yellow);
        }

        foreach (var paused in stream.Paused)
        {
            yield return new Text(Words.Cut($"{stream.Name}: {paused.Entity} stands still: {paused.Reason}", ReasonLength), Color.Yellow);
        }
    }

    private static string Filled(StreamReport stream)
    {
        var filled = stream.ToFill > 0 ? $"{Math.Floor(100.0 * stream.Filled / stream.ToFill):0} %" : Words.None;
        return stream.FillSecondsLeft is { } left ? $"{filled}, {Words.Seconds(left)} left" : filled;
    }

    private static Color ColorOf(string state) => state switch
    {
        "following" => Color.Green,
        "stopped" => Color.Red,
        _ => Color.Yellow,
    };

    private static List<string> NextSteps(AdaptersReport report) =>
    [
        .. report.Sources.Where(source => source.Paused is not null).Select(source => $"strangler sync resume {source.Name}"),
        .. report.Streams.Where(stream => stream.DeadLetters > 0).Select(stream => $"strangler sync deadletters list {stream.Name}"),
        .. report.Streams.Where(stream => stream is { DeadLetters: 0, State: "following" }).Select(stream => $"strangler sync compare {stream.Name}"),
    ];
}
