using System.Net;
using Npgsql;
using Shouldly;
using Strangler.Demo.Clusters;
using Strangler.Demo.Processes;
using Strangler.IntegrationTests.NewServices;

namespace Strangler.IntegrationTests.Catalog;

public sealed class StartupTests(SharedClusters clusters)
{
    [Fact]
    public async Task Start_TwoInstancesAtOnce_BothReadyAndMigratedOnce()
    {
        var database = await clusters.EmptyCatalogAsync();

        var instances = await Task.WhenAll(
            ServiceProcess.StartReadyAsync("Catalog", database.ConnectionString), ServiceProcess.StartReadyAsync("Catalog", database.ConnectionString));
        await using var one = instances[0];
        await using var other = instances[1];

        var said = one.Output + other.Output;
        said.Split("Applied migration 001_catalog.sql").Length.ShouldBe(2);
        said.ShouldNotContain("Migrations wait");
        (await ScalarAsync(database.ConnectionString, "select string_agg(name, ',') from public.schema_version")).ShouldBe("001_catalog.sql");
    }

    [Fact]
    public async Task Start_SchemaIsThere_ReadyWithoutApplyingAnything()
    {
        var database = await clusters.EmptyCatalogAsync();
        await using (await ServiceProcess.StartReadyAsync("Catalog", database.ConnectionString))
        {
        }

        await using var second = await ServiceProcess.StartReadyAsync("Catalog", database.ConnectionString);

        second.Output.ShouldNotContain("Applied migration");
    }

    [Fact]
    public async Task Database_KilledAndBack_ReadinessFollowsAndNothingCrashes()
    {
        await using var cluster = await PrivateCluster.CreateTemporaryAsync(cancellation: TestContext.Current.CancellationToken);
        await cluster.CreateDatabaseAsync("catalog", "catalog", cancellation: TestContext.Current.CancellationToken);
        await using var catalog = await ServiceProcess.StartReadyAsync("Catalog", cluster.ConnectionString("catalog", "catalog"));
        (await catalog.StatusAsync("/v1/products")).ShouldBe(200);

        await cluster.Kill9Async();

        await ServiceProcess.Until(async () => await catalog.StatusAsync("/readyz") == 503);
        (await BodyAsync(catalog, "/readyz")).ShouldContain("The database is not available");
        (await catalog.StatusAsync("/livez")).ShouldBe(200);
        (await catalog.StatusAsync("/metrics")).ShouldBe(200);
        using (var refused = await catalog.Client.GetAsync("/v1/products/X", TestContext.Current.CancellationToken))
        {
            refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            refused.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
            refused.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
            (await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))
                .ShouldContain("urn:service:database-unavailable");
        }

        await cluster.StartAsync(TestContext.Current.CancellationToken);

        await ServiceProcess.Until(async () => await catalog.StatusAsync("/readyz") == 200);
        await ServiceProcess.Until(async () => await catalog.StatusAsync("/v1/products") == 200);
        catalog.Child.HasExited.ShouldBeFalse();
    }

    [Fact]
    public async Task Start_DatabaseAway_ServesProbesAndIsReadyOnceItIsThere()
    {
        await using var cluster = await PrivateCluster.CreateTemporaryAsync(cancellation: TestContext.Current.CancellationToken);
        await cluster.CreateDatabaseAsync("catalog", "catalog", cancellation: TestContext.Current.CancellationToken);
        await cluster.StopAsync();

        await using var catalog = await ServiceProcess.StartAsync("Catalog", cluster.ConnectionString("catalog", "catalog"));

        (await catalog.StatusAsync("/livez")).ShouldBe(200);
        (await catalog.StatusAsync("/readyz")).ShouldBe(503);
        (await catalog.StatusAsync("/v1/products")).ShouldBe(503);
        await ServiceProcess.Until(() => Task.FromResult(
            catalog.Output.Contains("Migrations wait for the database", StringComparison.Ordinal)));

        await cluster.StartAsync(TestContext.Current.CancellationToken);

        await ServiceProcess.Until(async () => await catalog.StatusAsync("/readyz") == 200);
        (await catalog.StatusAsync("/v1/products")).ShouldBe(200);
    }

    [Fact]
    public async Task Readyz_MigrationMissing_NamesIt()
    {
        var database = await clusters.EmptyCatalogAsync();
        await using var catalog = await ServiceProcess.StartReadyAsync("Catalog", database.ConnectionString);

        await ScalarAsync(database.ConnectionString, "delete from public.schema_version");

        (await catalog.StatusAsync("/readyz")).ShouldBe(503);
        (await BodyAsync(catalog, "/readyz")).ShouldContain("Migrations are not applied yet: 001_catalog.sql");
    }

    [Theory]
    [InlineData(nameof(UnixSignal.Terminate))]
    [InlineData(nameof(UnixSignal.Interrupt))]
    public async Task Stop_BySignal_ExitCodeZero(string signal)
    {
        var database = await clusters.EmptyCatalogAsync();
        await using var catalog = await ServiceProcess.StartReadyAsync("Catalog", database.ConnectionString);

        var inTime = await catalog.Child.StopAsync(Enum.Parse<UnixSignal>(signal), TimeSpan.FromSeconds(30));

        inTime.ShouldBeTrue();
        catalog.Child.ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task Stop_DatabaseNeverThere_ExitCodeZero()
    {
        await using var catalog = await ServiceProcess.StartAsync("Catalog", $"Host=127.0.0.1;Port={FreePort.Next()};Username=x;Database=x");

        (await catalog.Child.StopAsync(UnixSignal.Terminate, TimeSpan.FromSeconds(30))).ShouldBeTrue();
        catalog.Child.ExitCode.ShouldBe(0);
    }

    private static async Task<string> BodyAsync(ServiceProcess catalog, string path)
    {
        using var response = await catalog.Client.GetAsync(path, TestContext.Current.CancellationToken);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<string?> ScalarAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return (string?)await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
