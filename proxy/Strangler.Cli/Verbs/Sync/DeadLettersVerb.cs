using System.CommandLine;
using System.Text.Json.Nodes;
using Spectre.Console;
using Spectre.Console.Rendering;
using Strangler.Cli.Output;
using Strangler.Cli.Verbs.Changes;
using Strangler.Core.Adapters;

namespace Strangler.Cli.Verbs.Sync;

/// <summary><c>strangler sync deadletters list|retry|drop</c>: aggregates that cannot be brought over.</summary>
internal static class DeadLettersVerb
{
    private const int MaxShown = 20;
    private const int KeyLength = 20;
    private const int MessageLength = 74;

    /// <summary>The verb.</summary>
    /// <param name="runner">Runs it.</param>
    /// <param name="adapters">Where the adapters are.</param>
    public static Verb Create(SessionRunner runner, Option<string?> adapters) => new(
        "deadletters", "Lists, tries again or drops aggregates that cannot be brought over.", "strangler sync deadletters list catalog")
    {
        ListVerb(runner, adapters),
        ChangeVerb(runner, adapters, "retry", "Tries them at once instead of some time later.", "tried again", "strangler sync deadletters retry catalog --yes --reason \"names corrected\""),
        ChangeVerb(runner, adapters, "drop", "Forgets them: they are not tried again until their aggregate changes.", "dropped", "strangler sync deadletters drop catalog --entity product --key 42"),
    };

    private static Verb ListVerb(SessionRunner runner, Option<string?> adapters)
    {
        var capability = SyncVerb.Capability();
        var verb = new Verb("list", "Lists them, the oldest first.", "strangler sync deadletters list catalog") { capability };
        verb.SetAction(runner.Run(async (session, parse, cancellation) =>
        {
            var stream = parse.GetRequiredValue(capability);
            var answer = await session.Adapters(parse.GetValue(adapters)).GetDeadLettersAsync(stream, cancellation);
            session.Write(
                () => JsonOutput.From(answer, AdaptersJson.Default.DeadLettersAnswer),
                () => Picture(answer, session.Time.GetUtcNow()),
                answer.Total == 0 ? [] : [$"strangler sync deadletters retry {stream}"]);
            return ExitCode.Ok;
        }));
        return verb;
    }

    private static Verb ChangeVerb(SessionRunner runner, Option<string?> adapters, string name, string description, string done, string example)
    {
        var capability = SyncVerb.Capability();
        var entity = new Option<string?>("--entity") { Description = "Only this kind of aggregate.", HelpName = "E" };
        var key = new Option<string?>("--key") { Description = "Only this key; needs --entity.", HelpName = "K" };
        var options = new ChangeOptions();
        var verb = new Verb(name, description, example) { capability, entity, key };
        options.AddTo(verb, plans: false);
        verb.Validators.Add(result =>
        {
            if (result.GetValue(key) is not null && result.GetValue(entity) is null)
            {
                result.AddError("--key means nothing without --entity.");
            }
        });
        verb.SetAction(runner.Run(async (session, parse, cancellation) =>
        {
            var choices = options.Read(parse);
            choices.Require(session.Terminal, asks: true);
            var stream = parse.GetRequiredValue(capability);
            var client = session.Adapters(parse.GetValue(adapters));
            var (onlyEntity, onlyKey) = (parse.GetValue(entity), parse.GetValue(key));
            var present = await client.GetDeadLettersAsync(stream, cancellation);
            var count = onlyEntity is null
                ? present.Total
                : present.Items.LongCount(letter => letter.Entity == onlyEntity && (onlyKey is null || letter.Key == onlyKey));
            if (choices.DryRun || count == 0)
            {
                Write(session, stream, choices.DryRun, count, count == 0 ? $"{stream}: no such dead letters" : $"{stream}: {Words.Count(count)} would be {done}");
                return count == 0 ? ExitCode.Ok : ExitCode.PreviewHasChanges;
            }

            if (await Asking.AgreeAsync(session, choices, $"{stream}: {Words.Count(count)} will be {done}.", cancellation) is not { } reason)
            {
                return ExitCode.Failed;
            }

            var answer = await client.ChangeDeadLettersAsync(stream, name, new KeysRequest(onlyEntity, onlyKey, session.Actor, reason), cancellation);
            Write(session, stream, dryRun: false, answer.Count, $"{stream}: {Words.Count(answer.Count)} {done}");
            return ExitCode.Ok;
        }));
        return verb;
    }

    private static void Write(Session session, string stream, bool dryRun, long count, string headline) => session.Write(
        () => new JsonObject { ["dryRun"] = dryRun, ["count"] = count }, () => new Text(headline), [$"strangler sync deadletters list {stream}"]);

    private static IRenderable Picture(DeadLettersAnswer answer, DateTimeOffset now)
    {
        if (answer.Total == 0)
        {
            return new Text("No dead letters.");
        }

        var table = Tables.WithColumns("ENTITY", "KEY", "ERROR", ">TRIED", "SINCE", "LAST");
        var parts = new List<IRenderable>();
        foreach (var letter in answer.Items.Take(MaxShown))
        {
            table.AddRow(
                new Text(Words.Safe(letter.Entity)),
                new Text(Words.Cut(letter.Key, KeyLength)),
                new Text(Words.Safe(letter.Error), Color.Red),
                new Text(Words.Count(letter.Attempts)),
                new Text(Words.Ago(letter.First, now)),
                new Text(Words.Ago(letter.Last, now)));
        }

        parts.Add(table);
        parts.Add(Text.Empty);
        parts.AddRange(answer.Items.Take(MaxShown).GroupBy(letter => letter.Message, StringComparer.Ordinal)
            .Select(group => new Text(Words.Cut(group.Count() == 1 ? $"{group.First().Key}: {group.Key}" : $"{group.Count()} of them: {group.Key}", MessageLength), Tables.Quiet)));
        if (answer.Total > MaxShown)
        {
            parts.Add(new Text($"and {Words.Count(answer.Total - MaxShown)} more: -o json shows up to 1,000", Tables.Quiet));
        }

        return new Rows(parts);
    }
}
