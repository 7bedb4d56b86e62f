using System.CommandLine;
using System.Text.Json.Nodes;
using Spectre.Console;
using Strangler.Cli.Output;
using Strangler.Cli.Verbs.Changes;
using Strangler.Core.Adapters;

namespace Strangler.Cli.Verbs.Sync;

/// <summary><c>strangler sync pause</c> and <c>resume</c>: the switch that leaves a source alone.</summary>
internal static class PauseVerb
{
    /// <summary>The verb that pauses.</summary>
    public const string Pause = "pause";

    /// <summary>The verb that resumes.</summary>
    public const string Resume = "resume";

    /// <summary>The verb.</summary>
    /// <param name="runner">Runs it.</param>
    /// <param name="adapters">Where the adapters are.</param>
    /// <param name="name"><see cref="Pause"/> or <see cref="Resume"/>.</param>
    public static Verb Create(SessionRunner runner, Option<string?> adapters, string name)
    {
        var source = Arguments.NoOption(new Argument<string?>("SOURCE")
        {
            Description = "Name of the source, as in the adapters' configuration; needed when there are several.",
            Arity = ArgumentArity.ZeroOrOne,
        });
        var options = new ChangeOptions();
        var verb = name == Pause
            ? new Verb(Pause, "Closes every connection of the adapters to a source and leaves it alone, also after a restart.", "strangler sync pause Legacy --reason \"stocktaking\" --yes")
            : new Verb(Resume, "Follows a paused source again, from where it was.", "strangler sync resume Legacy --reason \"stocktaking is over\" --yes");
        verb.Add(source);
        options.AddTo(verb, plans: false);
        verb.SetAction(runner.Run(async (session, parse, cancellation) =>
        {
            var choices = options.Read(parse);
            choices.Require(session.Terminal, asks: true);
            var client = session.Adapters(parse.GetValue(adapters));
            var present = Choose((await client.GetReportAsync(cancellation)).Sources, parse.GetValue(source));
            if ((present.Paused is not null) == (name == Pause))
            {
                Write(session, present, dryRun: choices.DryRun, name, present.Paused is { } by ? $"{present.Name} is paused already, by {by.Actor}: {by.Reason}" : $"{present.Name} is not paused");
                return ExitCode.Ok;
            }

            if (choices.DryRun)
            {
                Write(session, present, dryRun: true, name, $"{present.Name} would be {name}d");
                return ExitCode.PreviewHasChanges;
            }

            var question = name == Pause
                ? $"{present.Name}: its streams will stand still, and it keeps its log for them until it is resumed."
                : $"{present.Name} will be followed again.";
            if (await Asking.AgreeAsync(session, choices, question, cancellation) is not { } reason)
            {
                return ExitCode.Failed;
            }

            var done = await client.ChangeSourceAsync(present.Name, name, new PauseRequest(session.Actor, reason), cancellation);
            Write(session, done, dryRun: false, name, name == Pause ? $"{done.Name} is paused: no connection to it is left" : $"{done.Name} is resumed");
            return ExitCode.Ok;
        }));
        return verb;
    }

    private static SourceReport Choose(IReadOnlyList<SourceReport> sources, string? name) => (name, sources) switch
    {
        (null, [var only]) => only,
        (null, _) => throw new CliException(ExitCode.Usage, $"Which source? There are: {Names(sources)}."),
        _ => sources.FirstOrDefault(source => source.Name == name)
            ?? throw new CliException(ExitCode.Failed, $"There is no source {name}. There are: {Names(sources)}."),
    };

    private static string Names(IReadOnlyList<SourceReport> sources) => string.Join(", ", sources.Select(source => source.Name));

    private static void Write(Session session, SourceReport source, bool dryRun, string name, string headline) => session.Write(
        () => new JsonObject { ["dryRun"] = dryRun, ["source"] = JsonOutput.From(source, AdaptersJson.Default.SourceReport) },
        () => new Text(Words.Safe(headline)),
        [name == Pause && !dryRun ? $"strangler sync resume {source.Name}" : "strangler sync status"]);
}
