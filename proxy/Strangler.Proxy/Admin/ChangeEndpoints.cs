using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Strangler.Core.Admin;
using Strangler.Core.Model;
using Strangler.Proxy.Admin.Access;
using Strangler.Proxy.Plans;

namespace Strangler.Proxy.Admin;

/// <summary>Everything that changes where capabilities stand. One capability or several: in the end it is one list of moves and one plan.</summary>
internal sealed class ChangeEndpoints(ControlPlane control, StatusReader status, Wishes wishes, TimeProvider time)
{
    public Task<IResult> PromoteAsync(HttpContext context, string name) => OneAsync(context, AdminJson.Default.PromoteRequest, body =>
        (body.Reason, new MoveRequest(name, "promote", body.Stage, body.Share, body.Everyone, DespiteCoolDown: body.DespiteCoolDown)));

    public Task<IResult> RollbackAsync(HttpContext context, string name) => OneAsync(context, AdminJson.Default.RollbackRequest, body =>
        (body.Reason, new MoveRequest(name, "rollback", body.Stage)));

    public Task<IResult> ShrinkAsync(HttpContext context, string name) => OneAsync(context, AdminJson.Default.ShrinkRequest, body =>
        (body.Reason, new MoveRequest(name, "shrink", Share: body.Share)));

    public Task<IResult> HoldAsync(HttpContext context, string name) => BareAsync(context, name, "hold");

    public Task<IResult> ReleaseAsync(HttpContext context, string name) => BareAsync(context, name, "release");

    public Task<IResult> KillAsync(HttpContext context, string name) => BareAsync(context, name, "kill");

    public Task<IResult> IncludeAsync(HttpContext context, string name) => ListAsync(context, name, "include");

    public Task<IResult> ExcludeAsync(HttpContext context, string name) => ListAsync(context, name, "exclude");

    public Task<IResult> IsolateAsync(HttpContext context, string name) => BreakerAsync(context, name, "isolate");

    public Task<IResult> ResetAsync(HttpContext context, string name) => BreakerAsync(context, name, "reset");

    /// <summary>Several moves at once.</summary>
    public async Task<IResult> ChangesAsync(HttpContext context)
    {
        var (body, problem) = await Wishes.BodyAsync(context, AdminJson.Default.ChangesRequest);
        return body is null ? problem! : await ChangeAsync(context, body.Reason, body.Moves, (plan, inFlight, would, changes) => new TaggedResult(plan, TypedResults.Json(
            new ChangesAnswer(plan, inFlight, [.. Names(body.Moves).Select(name => status.Find(name, would(name))!)], changes),
            AdminJson.Default.ChangesAnswer)));
    }

    /// <summary>Reads the rules files again.</summary>
    public async Task<IResult> ApplyAsync(HttpContext context)
    {
        var (body, problem) = await Wishes.BodyAsync(context, AdminJson.Default.ReasonRequest);
        if (body is null) return problem!;
        (var request, problem) = wishes.Conditions(context, body.Reason, anyPlan: false);
        if (request is null) return problem!;
        var result = await control.ApplyRulesAsync(request, CancellationToken.None);
        return result.Outcome == ChangeOutcome.Done
            ? new TaggedResult(result.Plan, TypedResults.Json(new ApplyAnswer(result.Plan, result.Changes), AdminJson.Default.ApplyAnswer))
            : Problem.From(result, status.All);
    }

    private Task<IResult> BareAsync(HttpContext context, string name, string verb) =>
        OneAsync(context, AdminJson.Default.ReasonRequest, body => (body.Reason, new MoveRequest(name, verb)));

    private Task<IResult> BreakerAsync(HttpContext context, string name, string verb) => OneAsync(context, AdminJson.Default.BreakerRequest, body =>
        (body.Reason, new MoveRequest(name, verb, Side: body.Side)));

    private Task<IResult> ListAsync(HttpContext context, string name, string verb) => OneAsync(context, AdminJson.Default.ListRequest, body =>
        (body.Reason, new MoveRequest(name, verb, Units: body.Units, Groups: body.Groups, Remove: body.Remove)));

    private async Task<IResult> OneAsync<T>(HttpContext context, JsonTypeInfo<T> type, Func<T, (string Reason, MoveRequest Move)> read)
        where T : class
    {
        var (body, problem) = await Wishes.BodyAsync(context, type);
        if (body is null) return problem!;
        var (reason, move) = read(body);
        return await ChangeAsync(context, reason, [move], (plan, inFlight, would, changes) => new TaggedResult(plan, TypedResults.Json(
            new ChangeAnswer(plan, inFlight, status.Find(move.Capability, would(move.Capability))!, changes), AdminJson.Default.ChangeAnswer)));
    }

    private async Task<IResult> ChangeAsync(
        HttpContext context,
        string reason,
        IReadOnlyList<MoveRequest> body,
        Func<long, long, Func<string, CapabilityState?>, IReadOnlyList<string>, IResult> answer)
    {
        var (moves, problem) = Wishes.Moves(body);
        if (problem is not null) return problem;
        (var request, problem) = wishes.Conditions(context, reason, anyPlan: moves.All(m => m.Move.Verb == Verb.Kill));
        if (request is null) return problem!;
        var caller = Caller.Of(context);
        if (!request.DryRun && moves.Select(m => Problem.Unless(caller, Rights.NeededFor(m.Move))).FirstOrDefault(p => p is not null) is { } forbidden) return forbidden;

        await wishes.LookAsync(moves, context.RequestAborted);

        // Once it is understood a change is not cancelled by a client that hangs up: whoever asks again finds it done or not done, never half-way.
        var result = await control.MoveAsync(moves, request, CancellationToken.None);
        if (result.Outcome != ChangeOutcome.Done) return Problem.From(result, status.All);
        var next = request.DryRun ? Moves.Apply(control.State, control.Plans.Current, moves, request, time.GetUtcNow()).Next : null;
        return answer(result.Plan, result.InFlight, name => next?.Of(name), result.Changes);
    }

    private static IEnumerable<string> Names(IEnumerable<MoveRequest> moves) => moves.Select(m => m.Capability).Distinct(StringComparer.Ordinal);
}
