using Strangler.Core.Admin;

namespace Strangler.Cli.Verbs.Changes;

/// <summary><c>strangler rollback CAP [--to STAGE]</c>: any stage down.</summary>
internal static class RollbackVerb
{
    private const string Name = "rollback";

    /// <summary>The verb.</summary>
    /// <param name="runner">Runs it.</param>
    public static Verb Create(SessionRunner runner)
    {
        var capability = Arguments.Capability();
        var stage = Arguments.Stage("Stage to go back to, any below the present one; else the next one down.");
        var options = new ChangeOptions();
        var verb = new Verb(
            Name,
            "Takes a capability to a lower stage; no gate is asked.",
            "strangler rollback catalog --to shadow --reason \"wrong tax on bundles\"")
        {
            capability,
            stage,
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
                    new RollbackRequest(reason, parse.GetValue(stage)),
                    AdminJson.Default.RollbackRequest,
                    how,
                    token))).RunAsync(cancellation);
        }));
        return verb;
    }
}
