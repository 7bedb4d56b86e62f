using Npgsql;
using Shouldly;
using Strangler.Demo.Clusters;

namespace Strangler.IntegrationTests.Demo;

public sealed class PrivateClusterTests(SharedClusters clusters)
{
    [Fact]
    public async Task CreateDatabase_NewOwner_OwnerLogsInWithItsPassword()
    {
        var database = await clusters.EmptyCatalogAsync();

        (await ScalarAsync(database.ConnectionString, "SELECT current_user::text")).ShouldBe("catalog");
    }

    [Fact]
    public async Task Connect_WrongPassword_Refused()
    {
        var cluster = await clusters.ServicesAsync();

        var refused = await Should.ThrowAsync<PostgresException>(
            () => ScalarAsync(cluster.ConnectionString("postgres", PrivateCluster.Superuser, "guess"), "SELECT 'in'"));

        refused.SqlState.ShouldBe(PostgresErrorCodes.InvalidPassword);
    }

    [Fact]
    public async Task Start_LegacySettings_LogicalReplicationIsOn()
    {
        var shop = await clusters.EmptyShopAsync();

        (await ScalarAsync(shop.ConnectionString, "SHOW wal_level")).ShouldBe("logical");
    }

    [Fact]
    public async Task Kill9_CommittedRow_IsThereAfterTheNextStart()
    {
        await using var cluster = await PrivateCluster.CreateTemporaryAsync(cancellation: TestContext.Current.CancellationToken);
        await cluster.ExecuteAsync("postgres", "CREATE TABLE kept (v text); INSERT INTO kept VALUES ('yes')", TestContext.Current.CancellationToken);
        var first = cluster.Postmaster!.Id;

        await cluster.Kill9Async();
        cluster.Postmaster.ShouldBeNull();
        await cluster.StartAsync(TestContext.Current.CancellationToken);

        cluster.Postmaster!.Id.ShouldNotBe(first);
        (await ScalarAsync(cluster.ConnectionString("postgres") + ";Pooling=false", "SELECT v FROM kept")).ShouldBe("yes");
    }

    [Fact]
    public async Task Dispose_TemporaryCluster_LeavesNeitherServerNorFolder()
    {
        var cluster = await PrivateCluster.CreateTemporaryAsync(cancellation: TestContext.Current.CancellationToken);
        var server = cluster.Postmaster!;

        await cluster.DisposeAsync();

        server.HasExited.ShouldBeTrue();
        Directory.Exists(Path.GetDirectoryName(cluster.LogFile)).ShouldBeFalse();
    }

    private static async Task<string?> ScalarAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return (string?)await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
