using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Npgsql;
using Strangler.Core.Adapters;
using Strangler.Sync.Reconciling;

namespace Strangler.Sync.Api;

/// <summary>Comparisons and repairs. They are started, asked for, and can be stopped.</summary>
internal static class ReconcileEndpoints
{
    /// <summary>Maps the routes below <c>/v1/streams/{stream}</c>.</summary>
    public static void MapReconciling(this RouteGroupBuilder group, Reconciler reconciler)
    {
        group.MapPost("/{stream}/compare", (string stream, HttpRequest request) => StartCompareAsync(reconciler, stream, request))
            .Accepts<CompareRequest>("application/json").Produces<CompareRun>(StatusCodes.Status202Accepted)
            .WithSummary("Starts a comparison of both stores");
        group.MapGet("/{stream}/compare/{id:long}", (string stream, long id) => Find(reconciler, stream, found => found.Compare(id) is { } run
                ? Results.Json(run, AdaptersJson.Default.CompareRun)
                : Problem.NotFound($"{stream} has no comparison {id} in this process: start one.")))
            .Produces<CompareRun>().WithSummary("A comparison: how far it is, and what it has found");
        group.MapPost("/{stream}/repair", (string stream, HttpRequest request) => StartRepairAsync(reconciler, stream, request))
            .Accepts<RepairRequest>("application/json").Produces<RepairRun>().Produces<RepairRun>(StatusCodes.Status202Accepted)
            .WithSummary("Brings aggregates over once more that a comparison has found to differ; a dry run says which");
        group.MapGet("/{stream}/repair/{id:long}", (string stream, long id) => Find(reconciler, stream, found => found.Repair(id) is { } run
                ? Results.Json(run, AdaptersJson.Default.RepairRun)
                : Problem.NotFound($"{stream} has no repair {id} in this process: the table sync.repair_audit has what was done.")))
            .Produces<RepairRun>().WithSummary("A repair: how far it is, and what still differs");
        group.MapPost("/{stream}/stop", (string stream) => FindAsync(reconciler, stream, async found =>
            {
                await found.StopAsync();
                return Results.NoContent();
            }))
            .Produces(StatusCodes.Status204NoContent).WithSummary("Stops the comparison or repair that is running");
    }

    /// <summary>Answers for a stream, or says that there is none.</summary>
    public static IResult Find(Reconciler reconciler, string stream, Func<StreamReconciler, IResult> answer) =>
        reconciler.Find(stream) is { } found ? answer(found) : NoStream(reconciler, stream);

    /// <summary>Answers for a stream, or says what is wrong.</summary>
    public static async Task<IResult> FindAsync(Reconciler reconciler, string stream, Func<StreamReconciler, Task<IResult>> answer)
    {
        if (reconciler.Find(stream) is not { } found)
        {
            return NoStream(reconciler, stream);
        }

        try
        {
            return await answer(found);
        }
        catch (ReconcileRefusedException e)
        {
            return Problem.Conflict(e.Message);
        }
        catch (PostgresException e)
        {
            return Problem.Unavailable($"The target refused: {e.MessageText}. Is everything installed?");
        }
        catch (NpgsqlException e)
        {
            return Problem.Unavailable($"The target cannot be reached: {e.Message}");
        }
    }

    private static IResult NoStream(Reconciler reconciler, string stream) =>
        Problem.NotFound($"There is no stream {stream}. Streams are: {string.Join(", ", reconciler.Names)}.");

    private static async Task<IResult> StartCompareAsync(Reconciler reconciler, string stream, HttpRequest request)
    {
        var (body, refusal) = await RequestBody.ReadAsync(request, AdaptersJson.Default.CompareRequest, body => [("actor", body.Actor)]);
        return refusal ?? await FindAsync(reconciler, stream, async found =>
        {
            var run = await found.StartCompareAsync(body!, request.HttpContext.RequestAborted);
            request.HttpContext.Response.Headers.Location = $"/v1/streams/{stream}/compare/{run.Id}";
            return Results.Json(run, AdaptersJson.Default.CompareRun, statusCode: StatusCodes.Status202Accepted);
        });
    }

    private static async Task<IResult> StartRepairAsync(Reconciler reconciler, string stream, HttpRequest request)
    {
        var (body, refusal) = await RequestBody.ReadAsync(
            request, AdaptersJson.Default.RepairRequest, body => [("actor", body.Actor), ("reason", body.Reason)]);
        if (refusal is not null || body is null)
        {
            return refusal!;
        }

        if (body.MaxKeys is < 1)
        {
            return Problem.Invalid($"maxKeys is {body.MaxKeys}, but must be 1 or more.");
        }

        return await FindAsync(reconciler, stream, async found =>
        {
            var run = await found.StartRepairAsync(body, request.HttpContext.RequestAborted);
            return Results.Json(run, AdaptersJson.Default.RepairRun, statusCode: body.DryRun ? StatusCodes.Status200OK : StatusCodes.Status202Accepted);
        });
    }
}
