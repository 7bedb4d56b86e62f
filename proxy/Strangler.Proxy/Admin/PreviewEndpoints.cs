using Microsoft.AspNetCore.Http;
using Strangler.Core.Admin;
using Strangler.Core.Model;
using Strangler.Proxy.Plans;

namespace Strangler.Proxy.Admin;

/// <summary>What a change would do: words of the stage, what is missing, and how many requests would move.</summary>
internal sealed class PreviewEndpoints(ControlPlane control, EvidenceReader evidence, Wishes wishes, Forecaster forecaster, TimeProvider time)
{
    private const string Reason = "preview";

    public async Task<IResult> PreviewAsync(HttpContext context)
    {
        var (body, problem) = await Wishes.BodyAsync(context, AdminJson.Default.ChangesRequest);
        if (body is null) return problem!;
        (var moves, problem) = Wishes.Moves(body.Moves);
        if (problem is not null) return problem;
        await wishes.LookAsync(moves, context.RequestAborted);
        var (state, plan) = (control.State, control.Plans.Current);
        var request = new ChangeRequest(Reason, Reason, null, DryRun: true) { EvidenceOf = evidence.Of };
        var previews = new List<MovePreview>();
        foreach (var move in moves)
        {
            var edit = Moves.Apply(state, plan, [move], request, time.GetUtcNow());
            if (edit.Outcome == ChangeOutcome.UnknownCapability) return Problem.NotFound(edit.Refusal!);
            previews.Add(Of(plan.FindCapability(move.Capability)!, move, state.Of(move.Capability), edit));
            state = edit.Next ?? state;
        }

        var answer = new PreviewAnswer(plan.Number, previews.All(p => p.Refusal is null), previews);
        return new TaggedResult(plan.Number, TypedResults.Json(answer, AdminJson.Default.PreviewAnswer));
    }

    private MovePreview Of(Core.Routing.CapabilityPlan capability, CapabilityMove move, CapabilityState before, Edit edit)
    {
        // Of a stage that is refused one wants to read all the same what it would do.
        var after = edit.Next?.Of(move.Capability);
        var wanted = after?.Stage ?? move.Move.Stage ?? (move.Move.Verb == Verb.Promote ? Next(before, move.Move) : before.Stage);
        var words = StageDescription.Of(wanted);
        return new MovePreview(
            move.Capability,
            KebabNames<Verb>.Of(move.Move.Verb),
            edit.Changes,
            edit.Refusal,
            edit.Missing,
            wanted.ToName(),
            words.Does,
            words.Undo,
            after is null ? null : forecaster.Of(capability, before, after));
    }

    private static Stage Next(CapabilityState before, Move move) =>
        before.Stage is Stage.Retired || before.Stage is Stage.ReadCanary or Stage.WriteCanary && (move.Share is not null || move.Everyone)
            ? before.Stage
            : before.Stage + 1;
}
