using System.CommandLine;
using Strangler.Core.Admin;

namespace Strangler.Cli.Verbs.Changes;

/// <summary><c>strangler promote CAP [--to STAGE] [--share P]</c>: one stage up, or more units.</summary>
internal static class PromoteVerb
{
    private const string Name = "promote";

    /// <summary>The verb.</summary>
    /// <param name="runner">Runs it.</param>
    public static Verb Create(SessionRunner runner)
    {
        var capability = Arguments.Capability();
        var stage = Arguments.Stage("Stage to go to; else the next one up.");
        var share = Arguments.Share();
        var everyone = new Option<bool>("--everyone") { Description = "At 100 %: admit clients without any identity too, the last step." };
        var options = new ChangeOptions();
        var verb = new Verb(
            Name,
            "Moves a capability one stage up, or raises its share; the edge refuses while the evidence is missing.",
            "strangler promote catalog --share 10% --reason \"match rate 100 % since monday\"")
        {
            capability,
            stage,
            share,
            everyone,
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
                    new PromoteRequest(reason, parse.GetValue(stage), parse.GetValue(share), parse.GetValue(everyone)),
                    AdminJson.Default.PromoteRequest,
                    how,
                    token))).RunAsync(cancellation);
        }));
        return verb;
    }
}
