namespace Strangler.Cli.Verbs.Changes;

/// <summary><c>strangler breaker isolate|reset</c>: the breakers by hand; what they do by themselves stands in the status.</summary>
internal static class BreakerVerb
{
    /// <summary>The verb.</summary>
    /// <param name="runner">Runs it.</param>
    public static Verb Create(SessionRunner runner) => new("breaker", "Holds the breaker of a side open, or closes it.", "strangler breaker isolate catalog --reason \"database is being moved\"")
    {
        MoveVerb.Create(runner, BreakerSyntax.Isolate()),
        MoveVerb.Create(runner, BreakerSyntax.Reset()),
    };
}
