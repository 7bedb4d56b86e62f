using System.Globalization;
using Strangler.Cli.Output;
using Strangler.Cli.Verbs.Changes;
using Strangler.Core.Admin;

namespace Strangler.Cli.Verbs.Preview;

/// <summary><c>strangler preview CHANGE...</c>: what a change would do, before it is done.</summary>
internal static class PreviewVerb
{
    private const string Reason = "preview";

    /// <summary>The verb.</summary>
    /// <param name="runner">Runs it.</param>
    public static Verb Create(SessionRunner runner)
    {
        var verb = new Verb(
            "preview",
            "Says what a change would do: what the stage does, how it is undone, what is missing, and how many requests would move.",
            "strangler preview promote catalog --share 25");
        foreach (var syntax in MoveVerb.All())
        {
            verb.Add(Create(runner, syntax));
        }

        return verb;
    }

    private static Verb Create(SessionRunner runner, MoveSyntax syntax)
    {
        var example = syntax.Example.Split(" --reason", 2)[0].Replace("strangler ", "strangler preview ", StringComparison.Ordinal);
        var verb = new Verb(syntax.Name, $"What this would do: {syntax.Description}", example);
        syntax.AddTo(verb);
        verb.SetAction(runner.Run(async (session, parse, cancellation) =>
        {
            var moves = syntax.Read(parse);
            var answer = await session.Edge.PreviewAsync(new ChangesRequest(Reason, moves), cancellation);
            session.Write(
                () => JsonOutput.From(answer, AdminJson.Default.PreviewAnswer),
                () => PreviewPicture.Of(answer),
                answer.Possible && HasChanges(answer) ? [CommandOf(moves)] : []);
            if (!answer.Possible) return ExitCode.GateRefused;
            return HasChanges(answer) ? ExitCode.PreviewHasChanges : ExitCode.Ok;
        }));
        return verb;
    }

    private static bool HasChanges(PreviewAnswer answer) => answer.Moves.Any(move => move.Changes.Count > 0);

    private static string CommandOf(IReadOnlyList<MoveRequest> moves)
    {
        var move = moves[0];
        var verb = move.Verb == "release" ? "hold" : move.Verb;
        var words = new List<string> { "strangler", verb };
        words.AddRange(moves.Select(each => each.Capability));
        if (move.Verb == "release") words.Add("--release");
        if (move.Stage is not null) words.AddRange(["--to", move.Stage]);
        if (move.Share is { } share) words.AddRange(["--share", share.ToString(CultureInfo.InvariantCulture)]);
        if (move.Everyone) words.Add("--everyone");
        if (move.DespiteCoolDown) words.Add("--despite-cool-down");
        words.AddRange((move.Units ?? []).SelectMany(unit => (string[])["--unit", unit]));
        words.AddRange((move.Groups ?? []).SelectMany(group => (string[])["--group", group]));
        if (move.Remove) words.Add("--remove");
        return string.Join(' ', words);
    }
}
