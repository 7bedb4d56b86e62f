using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Strangler.Core.Admin;
using Strangler.Core.Model;
using Strangler.Proxy.Admin.Access;
using Strangler.Proxy.Plans;

namespace Strangler.Proxy.Admin;

/// <summary>Reads what a caller wants to change and under which conditions, and says what is wrong with it.</summary>
internal sealed class Wishes(EvidenceReader evidence)
{
    /// <summary>Looks at what a gate will ask for, if one is asked: a way down waits for no store.</summary>
    public async Task LookAsync(IReadOnlyList<CapabilityMove> moves, CancellationToken cancel)
    {
        foreach (var move in moves.Where(move => move.Move.Verb == Verb.Promote)) await evidence.LookAsync(move.Capability, cancel);
    }

    public const int MaxReason = 500;

    /// <summary>The body of a call; a problem when it is none.</summary>
    public static async Task<(T? Body, IResult? Problem)> BodyAsync<T>(HttpContext context, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            var body = await JsonSerializer.DeserializeAsync(context.Request.Body, type, context.RequestAborted);
            return body is null ? (null, NotWhatItTakes("it is null")) : (body, null);
        }
        catch (JsonException error)
        {
            return (null, NotWhatItTakes(error.Message));
        }
    }

    /// <summary>Who asks, why, and under which plan; a problem when one of them is missing.</summary>
    /// <param name="context">The call.</param>
    /// <param name="reason">Why, as the caller has said it.</param>
    /// <param name="anyPlan">Whether <c>If-Match: *</c> will do.</param>
    public (ChangeRequest? Request, IResult? Problem) Conditions(HttpContext context, string? reason, bool anyPlan)
    {
        if (!TryReadPlan(context.Request, anyPlan, out var plan)) return (null, Problem.PreconditionRequired());
        if (string.IsNullOrWhiteSpace(reason) || reason.Length > MaxReason)
        {
            return (null, Problem.Invalid($"a reason is required, 1 to {MaxReason} characters: it goes into the audit log"));
        }

        return (new ChangeRequest(Caller.Of(context).Name, reason, plan, DryRun.IsAsked(context.Request)) { EvidenceOf = evidence.Of }, null);
    }

    /// <summary>The moves that a body names; a problem when one of them is none.</summary>
    public static (IReadOnlyList<CapabilityMove> Moves, IResult? Problem) Moves(IReadOnlyList<MoveRequest> wishes)
    {
        if (wishes.Count is 0 or > ChangesRequest.MaxMoves) return ([], Problem.Invalid($"a change has 1 to {ChangesRequest.MaxMoves} moves, not {wishes.Count}"));
        var moves = new List<CapabilityMove>();
        foreach (var wish in wishes)
        {
            var (move, wrong) = Read(wish);
            if (move is null) return ([], Problem.Invalid(wrong!));
            moves.Add(new CapabilityMove(wish.Capability, move));
        }

        return (moves, null);
    }

    private static (Move? Move, string? Wrong) Read(MoveRequest wish)
    {
        if (!TryVerb(wish.Verb, out var verb)) return (null, $"there is no verb '{wish.Verb}'; legal: {string.Join(", ", Enum.GetValues<Verb>().Select(KebabNames<Verb>.Of))}");
        Stage? stage = null;
        if (wish.Stage is not null)
        {
            if (!StageNames.TryParse(wish.Stage, out var parsed)) return (null, $"there is no stage '{wish.Stage}'; legal: {string.Join(", ", StageNames.All)}");
            stage = parsed;
        }

        if (wish.Side is not (null or "legacy" or "new")) return (null, $"there is no side '{wish.Side}'; legal: legacy, new");

        // What a verb does not take is a mistake of the caller's, who would otherwise believe that it was obeyed.
        string? superfluous = null;
        if (wish.Stage is not null && verb is not (Verb.Promote or Verb.Rollback)) superfluous = "stage";
        else if (wish.Share is not null && verb is not (Verb.Promote or Verb.Shrink)) superfluous = "share";
        else if (wish.Everyone && verb is not Verb.Promote) superfluous = "everyone";
        else if (wish is not { Units: null, Groups: null, Remove: false } && verb is not (Verb.Include or Verb.Exclude)) superfluous = "units, groups or remove";
        else if (wish.DespiteCoolDown && verb is not Verb.Promote) superfluous = "despiteCoolDown";
        else if (wish.Side is not null && verb is not (Verb.Isolate or Verb.Reset)) superfluous = "side";
        return superfluous is not null
            ? (null, $"{wish.Verb} takes no {superfluous}")
            : (new Move(verb)
            {
                Stage = stage,
                Share = wish.Share,
                Everyone = wish.Everyone,
                Units = new UnitSet(wish.Units ?? [], wish.Groups ?? []),
                Remove = wish.Remove,
                DespiteCoolDown = wish.DespiteCoolDown,
                Side = wish.Side == "legacy" ? Side.Legacy : Side.New,
            }, null);
    }

    private static bool TryVerb(string name, out Verb verb)
    {
        foreach (var each in Enum.GetValues<Verb>())
        {
            verb = each;
            if (KebabNames<Verb>.Of(each) == name) return true;
        }

        verb = default;
        return false;
    }

    private static bool TryReadPlan(HttpRequest request, bool anyPlan, out long? plan)
    {
        plan = null;
        var value = request.Headers.IfMatch.ToString();
        if (value == "*") return anyPlan;
        if (value.Length < 3 || value[0] != '"' || value[^1] != '"') return false;
        if (!long.TryParse(value.AsSpan(1, value.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return false;
        plan = number;
        return true;
    }

    private static IResult NotWhatItTakes(string message) => Problem.Invalid($"the body is not what this verb takes: {message}");
}
