using System.Net;
using System.Net.Http.Json;
using Npgsql;
using Shouldly;
using Strangler.Core.Adapters;

namespace Strangler.IntegrationTests.Sync;

/// <summary>What operators do to running streams.</summary>
public sealed class OperateTests(SharedClusters clusters)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Backfill_TamperedTarget_ReadsEverythingAndWritesWhatDiffers()
    {
        await using var lab = await LabAsync(50);
        await using var adapters = await lab.StartAsync();
        await lab.InStepAsync();
        using var client = new AdaptersClient(adapters);
        await Eventually.TrueAsync("it follows", () => Task.FromResult(adapters.Stream.State == StreamStates.Following));
        await lab.TargetAsync("update catalog.product set price = price + 1 where number = 7; update sync.applied set hash = '' where key = '7'");

        await RefusedAsync(client, "/v1/streams/catalog/backfill", new { reason = "x", entity = "order" }, HttpStatusCode.NotFound, "catalog has no order. It has: product.");
        await RefusedAsync(client, "/v1/streams/catalog/backfill", new { }, HttpStatusCode.BadRequest, "needs a reason");
        var answer = await client.Http.PostAsJsonAsync("/v1/streams/catalog/backfill", new BackfillRequest(Reason: "tampered"), AdaptersJson.Default.BackfillRequest, Cancellation);

        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync(Cancellation));
        (await answer.Content.ReadFromJsonAsync(AdaptersJson.Default.StreamReport, Cancellation))!.State.ShouldBe(StreamStates.Filling);
        await Eventually.TrueAsync("it follows again", () => Task.FromResult(adapters.Stream is { State: StreamStates.Following, Filled: 50 }));
        (await lab.DifferencesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Fill_BusySource_WaitsUntilItIsNot()
    {
        await using var lab = await LabAsync(50);
        lab.Settings["Sync:FillMaxActive"] = "2";
        var busy = new List<NpgsqlConnection>();
        for (var i = 0; i < 3; i++)
        {
            var connection = new NpgsqlConnection(lab.SourceConnection);
            await connection.OpenAsync(Cancellation);
            await connection.BeginTransactionAsync(Cancellation);
            await using var command = new NpgsqlCommand("select 1", connection);
            await command.ExecuteScalarAsync(Cancellation);
            busy.Add(connection);
        }

        await using var adapters = await lab.StartAsync();

        await Eventually.TrueAsync("it waits", () => Task.FromResult(adapters.Stream.FillWaits is not null));
        adapters.Stream.FillWaits.ShouldBe("3 sessions are at work in the source, limit 2 (Sync__FillMaxActive)");
        adapters.Stream.Filled.ShouldBe(0);
        await busy[0].DisposeAsync();
        await Eventually.TrueAsync("it fills", () => Task.FromResult(adapters.Stream is { State: StreamStates.Following, Filled: 50, FillWaits: null }));
        await busy[1].DisposeAsync();
        await busy[2].DisposeAsync();
    }

    [Fact]
    public async Task Pause_OverARestart_LeavesNoConnectionUntilItIsResumed()
    {
        await using var lab = await LabAsync(20);
        using var folder = new TemporaryDirectory();
        lab.Settings["Sync:JournalFolder"] = folder.Path;
        await using (var first = await lab.StartAsync())
        {
            await lab.InStepAsync();
            using var client = new AdaptersClient(first);
            await client.CompareAsync();
            await RefusedAsync(client, "/v1/sources/Legacy/pause", new { }, HttpStatusCode.BadRequest, "needs a reason");
            await RefusedAsync(client, "/v1/sources/Other/pause", new { reason = "x" }, HttpStatusCode.NotFound, "Sources are: Legacy.");

            var answer = await client.Http.PostAsJsonAsync("/v1/sources/Legacy/pause", new PauseRequest("ada", "stocktaking"), AdaptersJson.Default.PauseRequest, Cancellation);

            answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Cancellation));
            await Eventually.TrueAsync("no connection is left", async () => await ConnectionsAsync(lab) == 0);
            (first.Stream.State, first.Stream.Error).ShouldBe((StreamStates.Paused, "paused by ada: stocktaking"));
            await RefusedAsync(client, "/v1/sources/Legacy/pause", new { reason = "x" }, HttpStatusCode.Conflict, "is paused already, by ada");
            await RefusedAsync(client, "/v1/streams/catalog/backfill", new { reason = "x" }, HttpStatusCode.Conflict, "is paused here");
            await RefusedAsync(client, "/v1/streams/catalog/compare", new { }, HttpStatusCode.Conflict, "stopped or paused");
        }

        await lab.AddProductsAsync(21, 5);
        await using var second = lab.Adapters();
        await second.StartAsync();
        using var again = new AdaptersClient(second);
        await Eventually.TrueAsync("it is paused", () => Task.FromResult(second.Stream.State == StreamStates.Paused));
        (await ConnectionsAsync(lab)).ShouldBe(0);
        var watermark = second.Stream.Watermark;

        var resumed = await again.Http.PostAsJsonAsync("/v1/sources/Legacy/resume", new PauseRequest("ada", "it is over"), AdaptersJson.Default.PauseRequest, Cancellation);

        watermark.ShouldBeNull();
        resumed.StatusCode.ShouldBe(HttpStatusCode.OK, await resumed.Content.ReadAsStringAsync(Cancellation));
        await lab.InStepAsync();
        await Eventually.TrueAsync("it follows", () => Task.FromResult(second.Stream is { State: StreamStates.Following, Watermark: not null }));
        await RefusedAsync(again, "/v1/sources/Legacy/resume", new { reason = "x" }, HttpStatusCode.Conflict, "Legacy is not paused");
    }

    private static Task<long> ConnectionsAsync(SyncLab lab) => lab.SourceValueAsync<long>(
        "select count(*) from pg_stat_activity where usename = 'strangler_reader' and (datname = current_database() or datname is null)");

    private static async Task RefusedAsync(AdaptersClient client, string path, object body, HttpStatusCode status, string detail)
    {
        var answer = await client.Http.PostAsJsonAsync(path, body, Cancellation);
        answer.StatusCode.ShouldBe(status, await answer.Content.ReadAsStringAsync(Cancellation));
        (await answer.Content.ReadFromJsonAsync(AdaptersJson.Default.AdminProblem, Cancellation))!.Detail.ShouldNotBeNull().ShouldContain(detail);
    }

    private async Task<SyncLab> LabAsync(int products)
    {
        var lab = await SyncLab.CreateAsync(clusters);
        lab.Settings["Sync:Token"] = AdaptersClient.Token;
        await lab.AddProductsAsync(1, products);
        return lab;
    }
}
