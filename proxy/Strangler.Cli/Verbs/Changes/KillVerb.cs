using Strangler.Core.Admin;

namespace Strangler.Cli.Verbs.Changes;

/// <summary><c>strangler kill CAP</c>: all reads back to legacy, at once.</summary>
internal static class KillVerb
{
    private const string Name = "kill";

    /// <summary>The verb.</summary>
    /// <param name="runner">Runs it.</param>
    public static Verb Create(SessionRunner runner)
    {
        var capability = Arguments.Capability();
        var options = new ChangeOptions();
        var verb = new Verb(
            Name,
            "Takes all reads of a capability back to legacy at once; no gate, no question.",
            "strangler kill catalog --reason \"prices are wrong\"")
        {
            capability,
        };
        options.AddTo(verb);
        verb.SetAction(runner.Run((session, parse, cancellation) =>
        {
            var name = parse.GetRequiredValue(capability);
            return new ChangeFlow(
                session,
                options.Read(parse),
                $"{Name} {name}",
                async (reason, how, token) => ChangeResult.From(await session.Edge.ChangeAsync(
                    name,
                    Name,
                    new ReasonRequest(reason),
                    AdminJson.Default.ReasonRequest,
                    how,
                    token))).RunAtOnceAsync(cancellation);
        }));
        return verb;
    }
}
