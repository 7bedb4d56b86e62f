using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Npgsql;
using Strangler.Core.Adapters;
using Strangler.Sync.Reconciling;

namespace Strangler.Sync.Api;

/// <summary>What operators do to running streams: bring everything over anew, pause a source.</summary>
internal static class OperateEndpoints
{
    private const string Unknown = "unknown";

    /// <summary>Maps <c>/v1/streams/{stream}/backfill</c> and the routes below <c>/v1/sources/{source}</c>.</summary>
    public static void MapOperating(this RouteGroupBuilder group, SyncEngine engine, Reconciler reconciler, TimeProvider clock)
    {
        group.MapPost("/streams/{stream}/backfill", (string stream, HttpRequest request) => BackfillAsync(engine, stream, request))
            .Accepts<BackfillRequest>("application/json").Produces<StreamReport>(StatusCodes.Status202Accepted)
            .WithSummary("Brings every aggregate over once more, beside the live changes");
        group.MapPost("/sources/{source}/pause", (string source, HttpRequest request) => ChangeAsync(engine, source, request, async (worker, actor, reason) =>
            {
                var isNew = await worker.PauseAsync(new PausedSource(actor, reason, clock.GetUtcNow()), request.HttpContext.RequestAborted);
                await reconciler.ReleaseAsync(source);
                return isNew ? null : $"{source} is paused already, by {worker.Source.Status.Paused?.Actor ?? Unknown}.";
            }))
            .Accepts<PauseRequest>("application/json").Produces<SourceReport>()
            .WithSummary("Leaves a source alone: closes every connection to it, until it is resumed");
        group.MapPost("/sources/{source}/resume", (string source, HttpRequest request) => ChangeAsync(engine, source, request, (worker, actor, reason) =>
                Task.FromResult(worker.Resume(actor, reason) ? null : $"{source} is not paused.")))
            .Accepts<PauseRequest>("application/json").Produces<SourceReport>().WithSummary("Follows a paused source again, from where it was");
    }

    private static async Task<IResult> BackfillAsync(SyncEngine engine, string name, HttpRequest request)
    {
        var (body, refusal) = await RequestBody.ReadAsync(
            request, AdaptersJson.Default.BackfillRequest, body => [("entity", body.Entity), ("actor", body.Actor), ("reason", body.Reason)]);
        if (refusal is not null || body is null)
        {
            return refusal!;
        }

        if (engine.Streams.FirstOrDefault(stream => stream.Name == name) is not { } stream)
        {
            return Problem.NotFound($"There is no stream {name}. Streams are: {string.Join(", ", engine.Streams.Select(stream => stream.Name))}.");
        }

        if (body.Entity is not null && !stream.Mappings.Any(mapping => mapping.Entity == body.Entity))
        {
            return Problem.NotFound($"{name} has no {body.Entity}. It has: {string.Join(", ", stream.Mappings.Select(mapping => mapping.Entity))}.");
        }

        if (string.IsNullOrWhiteSpace(body.Reason))
        {
            return Problem.Invalid("A backfill needs a reason: others will read it.");
        }

        try
        {
            await engine.BackfillAsync(stream, body, request.HttpContext.RequestAborted);
            return Results.Json(
                engine.Report().Streams.First(report => report.Name == name), AdaptersJson.Default.StreamReport, statusCode: StatusCodes.Status202Accepted);
        }
        catch (NpgsqlException e)
        {
            return Problem.Unavailable($"A store refused or is away: {e.Message}");
        }
        catch (InvalidOperationException e)
        {
            return Problem.Conflict($"{e.Message} Try again when it is filling or following.");
        }
    }

    private static async Task<IResult> ChangeAsync(
        SyncEngine engine, string source, HttpRequest request, Func<Streams.SourceWorker, string, string, Task<string?>> change)
    {
        var (body, refusal) = await RequestBody.ReadAsync(request, AdaptersJson.Default.PauseRequest, body => [("actor", body.Actor), ("reason", body.Reason)]);
        if (refusal is not null || body is null)
        {
            return refusal!;
        }

        if (engine.WorkerOf(source) is not { } worker)
        {
            return Problem.NotFound($"There is no source {source}. Sources are: {string.Join(", ", engine.Sources)}.");
        }

        if (string.IsNullOrWhiteSpace(body.Reason))
        {
            return Problem.Invalid("It needs a reason: others will read it.");
        }

        return await change(worker, string.IsNullOrWhiteSpace(body.Actor) ? Unknown : body.Actor, body.Reason) is { } conflict
            ? Problem.Conflict(conflict)
            : Results.Json(worker.Source.Status.Report(), AdaptersJson.Default.SourceReport);
    }
}
