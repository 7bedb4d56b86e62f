using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Strangler.Core.Adapters;
using Strangler.Sync.Reconciling;

namespace Strangler.Sync.Api;

/// <summary>Aggregates that fail.</summary>
internal static class DeadLetterEndpoints
{
    private const int MaxShown = 1000;

    /// <summary>Maps the routes below <c>/v1/streams/{stream}/deadletters</c>.</summary>
    public static void MapDeadLetters(this RouteGroupBuilder group, Reconciler reconciler)
    {
        group.MapGet("/{stream}/deadletters", (string stream, HttpContext http) => ReconcileEndpoints.FindAsync(reconciler, stream, async found =>
                Results.Json(await found.Waiting.DeadLettersAsync(MaxShown, http.RequestAborted), AdaptersJson.Default.DeadLettersAnswer)))
            .Produces<DeadLettersAnswer>().WithSummary("The aggregates that fail, the oldest first");
        group.MapPost("/{stream}/deadletters/retry", (string stream, HttpRequest request) => ChangeAsync(
                reconciler, stream, request, needsReason: false, (found, body) => found.Waiting.RetryAsync(body, request.HttpContext.RequestAborted)))
            .Accepts<KeysRequest>("application/json").Produces<KeysAnswer>().WithSummary("Tries dead letters at once");
        group.MapPost("/{stream}/deadletters/drop", (string stream, HttpRequest request) => ChangeAsync(
                reconciler, stream, request, needsReason: true, (found, body) => found.Waiting.DropAsync(body, request.HttpContext.RequestAborted)))
            .Accepts<KeysRequest>("application/json").Produces<KeysAnswer>().WithSummary("Forgets dead letters until their aggregate changes");
    }

    private static async Task<IResult> ChangeAsync(
        Reconciler reconciler, string stream, HttpRequest request, bool needsReason, Func<StreamReconciler, KeysRequest, Task<long>> change)
    {
        var (body, refusal) = await RequestBody.ReadAsync(
            request,
            AdaptersJson.Default.KeysRequest,
            body => [("entity", body.Entity), ("key", body.Key), ("actor", body.Actor), ("reason", body.Reason)]);
        if (refusal is not null || body is null)
        {
            return refusal!;
        }

        if (needsReason && string.IsNullOrWhiteSpace(body.Reason))
        {
            return Problem.Invalid("Dropping needs a reason: others will read it.");
        }

        return body is { Key: not null, Entity: null }
            ? Problem.Invalid("A key means nothing without its entity: name both.")
            : await ReconcileEndpoints.FindAsync(reconciler, stream, async found =>
                Results.Json(new KeysAnswer(await change(found, body)), AdaptersJson.Default.KeysAnswer));
    }
}
