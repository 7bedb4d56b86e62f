using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Npgsql;
using Strangler.Core.Adapters;
using Strangler.Sync.Installing;

namespace Strangler.Sync.Api;

/// <summary>What an installation would do.</summary>
internal static class PreviewEndpoints
{
    /// <summary>Maps <c>/v1/preview</c>.</summary>
    public static void MapPreview(this RouteGroupBuilder group, Previewer previewer) => group
        .MapGet("/preview", async (HttpContext http) =>
        {
            try
            {
                return Results.Json(await previewer.LookAsync(http.RequestAborted), AdaptersJson.Default.InstallPreview);
            }
            catch (NpgsqlException e)
            {
                return Problem.Unavailable($"A store cannot be looked at: {e.Message}");
            }
        })
        .Produces<InstallPreview>().WithSummary("What an installation would do in each store, and what the mappings read and write");
}
