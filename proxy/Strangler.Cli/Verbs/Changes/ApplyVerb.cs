namespace Strangler.Cli.Verbs.Changes;

/// <summary><c>strangler apply</c>: the edge reads its rules files again.</summary>
internal static class ApplyVerb
{
    private const string Name = "apply";

    /// <summary>The verb.</summary>
    /// <param name="runner">Runs it.</param>
    public static Verb Create(SessionRunner runner)
    {
        var options = new ChangeOptions();
        var verb = new Verb(
            Name,
            "Makes the edge read its rules files again; with errors in them the running plan is kept.",
            "strangler apply --reason \"route search to the catalog\"");
        options.AddTo(verb);
        verb.SetAction(runner.Run((session, parse, cancellation) =>
            new ChangeFlow(
                session,
                options.Read(parse),
                Name,
                async (reason, how, token) => ChangeResult.From(await session.Edge.ApplyRulesAsync(reason, how, token)))
                .RunAsync(cancellation)));
        return verb;
    }
}
