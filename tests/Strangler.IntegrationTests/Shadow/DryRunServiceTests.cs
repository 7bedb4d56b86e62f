using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using ServiceDefaults.DryRuns;
using Shouldly;
using Strangler.Proxy.Shadow;

namespace Strangler.IntegrationTests.Shadow;

/// <summary>A service with the house's unit of work on a real PostgreSQL: copied writes answer as real ones would, and nothing of them stays.</summary>
public sealed class DryRunServiceTests(SharedClusters clusters) : IAsyncDisposable
{
    private const string Marker = "Strangler-Shadow";

    private readonly List<string> _sent = [];
    private WebApplication? _service;
    private NpgsqlDataSource? _database;

    public async ValueTask DisposeAsync()
    {
        if (_service is not null) await _service.DisposeAsync();
        if (_database is not null) await _database.DisposeAsync();
    }

    [Fact]
    public async Task Post_HundredDryRuns_AnswerLikeWritesAndLeaveNoRowsAndSendNoEvents()
    {
        var address = await StartAsync();
        await using var edge = await ShadowedEdge.StartAsync(
            Backend.Json("""{"count":2}""", 201),
            Backend.Json("{}"),
            new ShadowOptions { HandshakePoll = TimeSpan.FromMilliseconds(20) },
            newAddress: address,
            sample: "100%, writes: dry-run, max-rate: 10000, build: X-Service-Version");
        await RowAsync("insert into thing (name) values ('there')");
        var posted = 0;

        // One row is there, so each of them would be the second one. The ids differ: the sequence moves on.
        await ShadowedEdge.UntilAsync(
            () =>
            {
                posted++;
                edge.Client.PostAsync("/things", new StringContent("\"lamp\"", System.Text.Encoding.UTF8, "application/json")).GetAwaiter().GetResult().Dispose();
                edge.AllEndedAsync(posted).GetAwaiter().GetResult();
                return edge.Evidence.Equal >= 100;
            },
            () => $"a hundred equal answers; {edge.Evidence} {string.Join(' ', edge.Evidence.Skipped)}");

        (await RowAsync("select count(*) from thing")).ShouldBe(1);
        (await RowAsync("select last_value from thing_id_seq")).ShouldBeGreaterThan(100);
        _sent.ShouldBeEmpty();
        edge.Evidence.Different.ShouldBe(0);
    }

    [Fact]
    public async Task Post_Unmarked_IsWrittenAndSent()
    {
        using var client = new HttpClient { BaseAddress = new Uri(await StartAsync()) };

        using var answer = await client.PostAsync("/v2/things", new StringContent("\"lamp\"", System.Text.Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);

        ((int)answer.StatusCode, answer.Headers.Contains("Dry-Run"), answer.Headers.Contains("X-Service-Version")).ShouldBe((201, false, false));
        (await RowAsync("select count(*) from thing")).ShouldBe(1);
        _sent.ShouldBe(["lamp"]);
    }

    [Theory]
    [InlineData("/v2/plain", 501, true)]
    [InlineData("/v2/search", 200, true)]
    [InlineData("/v2/late", 500, true)]
    [InlineData("/v2/hangs", 500, true)]
    [InlineData("/v2/nothing", 404, true)]
    public async Task Post_Marked_IsRunOnlyWhereNothingOfItCanStay(string path, int status, bool isRolledBack)
    {
        using var client = new HttpClient { BaseAddress = new Uri(await StartAsync()) };
        client.DefaultRequestHeaders.Add(Marker, "1");

        using var answer = await client.PostAsync(path, new StringContent("\"lamp\"", System.Text.Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);

        ((int)answer.StatusCode, answer.Headers.Contains("Dry-Run"), answer.Headers.Contains("X-Service-Version")).ShouldBe((status, isRolledBack, true));
        (await RowAsync("select count(*) from thing")).ShouldBe(0);
        _sent.ShouldBeEmpty();
    }

    [Fact]
    public async Task Post_MarkedWhileAnotherHoldsTheRow_IsBoundedByItsOwnTimeout()
    {
        using var client = new HttpClient { BaseAddress = new Uri(await StartAsync()) };
        client.DefaultRequestHeaders.Add(Marker, "1");
        await RowAsync("insert into thing (name) values ('there')");
        await using var other = await _database!.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var held = await other.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await other.ExecuteAsync("update thing set name = 'held'", transaction: held);

        using var answer = await client.PostAsync("/v2/rename", new StringContent("\"lamp\"", System.Text.Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);

        ((int)answer.StatusCode).ShouldBe(500);
    }

    private async Task<long> RowAsync(string sql)
    {
        await using var connection = await _database!.OpenConnectionAsync(TestContext.Current.CancellationToken);
        return await connection.ExecuteScalarAsync<long?>(sql) ?? 0;
    }

    private async Task<string> StartAsync()
    {
        _database = NpgsqlDataSource.Create((await clusters.EmptyServiceAsync("things")).ConnectionString);
        await RowAsync("create table thing (id serial primary key, name text not null, twin int references thing deferrable initially deferred)");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration["DryRun:Marker"] = Marker;
        builder.Configuration["DryRun:StatementMilliseconds"] = "500";
        builder.Services.AddSingleton(_database);
        builder.Services.AddProblemDetails();
        builder.AddDryRuns();
        _service = builder.Build();
        _service.UseExceptionHandler();
        _service.UseDryRuns();
        Map(_service);
        await _service.StartAsync(TestContext.Current.CancellationToken);
        return _service.Urls.Single();
    }

    private void Map(WebApplication service)
    {
        MapWork(service, "/v2/things", "insert into thing (name) values (@name)");
        MapWork(service, "/v2/late", "insert into thing (name, twin) values (@name, 4711)");
        MapWork(service, "/v2/hangs", "select pg_sleep(60)");
        MapWork(service, "/v2/rename", "update thing set name = @name");
        service.MapPost("/v2/plain", async ([Microsoft.AspNetCore.Mvc.FromBody] string name, NpgsqlDataSource database) =>
        {
            await using var connection = await database.OpenConnectionAsync();
            await connection.ExecuteAsync("insert into thing (name) values (@name)", new { name });
            _sent.Add(name);
        });
        service.MapPost("/v2/search", () => "found").ChangesNothing();
    }

    private void MapWork(WebApplication service, string path, string sql) =>
        service.MapPost(path, async ([Microsoft.AspNetCore.Mvc.FromBody] string name, UnitOfWork work, CancellationToken cancellation) =>
        {
            var connection = await work.ConnectionAsync(cancellation);
            await connection.ExecuteAsync(sql, new { name });
            var count = await connection.ExecuteScalarAsync<int>("select count(*) from thing");
            work.Send(_ =>
            {
                _sent.Add(name);
                return Task.CompletedTask;
            });
            await work.CommitAsync(cancellation);
            return Microsoft.AspNetCore.Http.TypedResults.Created((string?)null, new { count });
        }).InUnitOfWork();
}
