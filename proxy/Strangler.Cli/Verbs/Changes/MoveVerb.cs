using Strangler.Cli.Api;
using Strangler.Core.Admin;

namespace Strangler.Cli.Verbs.Changes;

/// <summary>A verb that moves capabilities: one by its own route, several in one change that is made as a whole or not at all.</summary>
internal static class MoveVerb
{
    /// <summary>Every such verb, in the order of the help.</summary>
    public static IReadOnlyList<MoveSyntax> All() =>
        [new PromoteSyntax(), new HoldSyntax(), new ShrinkSyntax(), new RollbackSyntax(), new KillSyntax(), ListSyntax.Include(), ListSyntax.Exclude()];

    /// <summary>The verb.</summary>
    /// <param name="runner">Runs it.</param>
    /// <param name="syntax">How it is said.</param>
    public static Verb Create(SessionRunner runner, MoveSyntax syntax)
    {
        var options = new ChangeOptions();
        var verb = new Verb(syntax.Name, syntax.Description, syntax.Example);
        syntax.AddTo(verb);
        options.AddTo(verb);
        verb.SetAction(runner.Run((session, parse, cancellation) =>
        {
            var moves = syntax.Read(parse);
            var title = $"{(moves[0].Verb == syntax.Name ? syntax.Words : $"{syntax.Name} --{moves[0].Verb}")} {string.Join(' ', moves.Select(move => move.Capability))}";
            var flow = new ChangeFlow(session, options.Read(parse), title, (reason, how, token) => SendAsync(session.Edge, moves, reason, how, token));
            return syntax.IsAtOnce ? flow.RunAtOnceAsync(cancellation) : flow.RunAsync(cancellation);
        }));
        return verb;
    }

    private static async Task<ChangeResult> SendAsync(
        AdminClient edge, IReadOnlyList<MoveRequest> moves, string reason, ChangeMode how, CancellationToken cancellation)
    {
        if (moves is not [var move]) return ChangeResult.From(await edge.ChangeAsync(new ChangesRequest(reason, moves), how, cancellation));
        var json = AdminJson.Default;
        var (name, verb) = (move.Capability, move.Verb);
        return ChangeResult.From(await (verb switch
        {
            "promote" => edge.ChangeAsync(name, verb, new PromoteRequest(reason, move.Stage, move.Share, move.Everyone, move.DespiteCoolDown), json.PromoteRequest, how, cancellation),
            "rollback" => edge.ChangeAsync(name, verb, new RollbackRequest(reason, move.Stage), json.RollbackRequest, how, cancellation),
            "shrink" => edge.ChangeAsync(name, verb, new ShrinkRequest(reason, move.Share!.Value), json.ShrinkRequest, how, cancellation),
            "include" or "exclude" => edge.ChangeAsync(name, verb, new ListRequest(reason, move.Units, move.Groups, move.Remove), json.ListRequest, how, cancellation),
            "isolate" or "reset" => edge.ChangeAsync(name, verb, new BreakerRequest(reason, move.Side), json.BreakerRequest, how, cancellation),
            _ => edge.ChangeAsync(name, verb, new ReasonRequest(reason), json.ReasonRequest, how, cancellation),
        }));
    }
}
