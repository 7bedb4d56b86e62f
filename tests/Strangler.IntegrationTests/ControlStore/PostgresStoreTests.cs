using Npgsql;
using Shouldly;
using Strangler.Core.Admin;
using Strangler.Proxy.Plans;
using Strangler.Proxy.Plans.Postgres;

namespace Strangler.IntegrationTests.ControlStore;

/// <summary>The contract, kept by PostgreSQL; and what only it promises.</summary>
public sealed class PostgresStoreTests(SharedClusters clusters) : ControlStoreContract
{
    private const string Role = "strangler_edge";

    private FreshDatabase? _database;

    private protected override async Task<IControlStore> MakeAsync()
    {
        _database = await clusters.EmptyControlAsync();
        await ControlSchema.InstallAsync(_database.ConnectionString, Role, Cancel);
        return Reopen();
    }

    private protected override IControlStore Reopen() => new PostgresControlStore(_database!.ConnectionStringFor(Role), "test");

    private protected override Task FillAsync(long upTo) => OwnerAsync(
        $"INSERT INTO strangler.plan SELECT n, 'c', 'd' FROM generate_series(1, {upTo - 1}) AS n ON CONFLICT DO NOTHING");

    [Fact]
    public async Task InstallAsync_Again_ChangesNothing()
    {
        await AppendAsync(Store, 1, "one");

        await ControlSchema.InstallAsync(_database!.ConnectionString, Role, Cancel);

        (await Store.ReadAsync(1, Cancel)).ShouldBe(Document("one"));
        (await AppendAsync(Store, 2, "two")).ShouldBeTrue();
    }

    [Theory]
    [InlineData("UPDATE strangler.plan SET document = 'x'")]
    [InlineData("DELETE FROM strangler.plan")]
    [InlineData("UPDATE strangler.audit SET line = 'x'")]
    [InlineData("DELETE FROM strangler.audit")]
    [InlineData("TRUNCATE strangler.audit")]
    [InlineData("DROP TABLE strangler.plan")]
    [InlineData("CREATE TABLE strangler.mine ()")]
    public async Task EdgeRole_ChangesWhatWasWritten_IsRefused(string sql)
    {
        await AppendAsync(Store, 1, "one");

        (await Should.ThrowAsync<PostgresException>(() => ExecuteAsync(_database!.ConnectionStringFor(Role), sql)))
            .SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    [Fact]
    public async Task TryAppendAsync_TwentyWritersOfOneNumber_OneWinsAndTheChainHasNoFork()
    {
        await using var other = Reopen();
        for (var plan = 1L; plan <= 5; plan++)
        {
            var won = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => AppendAsync(i % 2 == 0 ? Store : other, plan, $"{i}")));
            won.Count(w => w).ShouldBe(1);
        }

        (await LinesAsync()).Count.ShouldBe(5);
    }

    [Fact]
    public async Task TryAppendAsync_AWriterHangsWithTheLock_GivesUpSoonAndSaysSo()
    {
        await using var writer = new NpgsqlConnection(_database!.ConnectionStringFor(Role));
        await writer.OpenAsync(Cancel);
        await using var transaction = await writer.BeginTransactionAsync(Cancel);
        await using (var hold = new NpgsqlCommand("SELECT pg_advisory_xact_lock(7310305699823870305)", writer)) await hold.ExecuteNonQueryAsync(Cancel);

        (await Should.ThrowAsync<ControlStoreException>(() => AppendAsync(Store, 1, "one"))).Message.ShouldEndWith("did not answer in time");

        await transaction.RollbackAsync(Cancel);
        (await AppendAsync(Store, 1, "one")).ShouldBeTrue();
    }

    [Fact]
    public async Task WaitForNewsAsync_PlanOfAnother_IsPushed()
    {
        await Store.WaitForNewsAsync(Cancel);
        await using var other = Reopen();
        var found = 0L;
        var news = Task.Run(async () =>
        {
            while (found < 20)
            {
                await Store.WaitForNewsAsync(Cancel);
                found = await Store.NewestAsync(Cancel);
            }
        }, Cancel);

        for (var plan = 1L; plan <= 20; plan++) (await AppendAsync(other, plan, "pushed")).ShouldBeTrue();

        await news;
    }

    [Fact]
    public async Task ReadEdgesAsync_SilentForLong_IsNoLongerAlive()
    {
        await Store.ReportAsync(new EdgeReport("silent", 1, 1, 0, null, [], 0), Cancel);
        await Store.ReportAsync(new EdgeReport("alive", 1, 1, 0, null, [], 0), Cancel);
        await OwnerAsync("UPDATE strangler.edge SET seen_at = seen_at - interval '16 s' WHERE name = 'silent'");

        (await Store.ReadEdgesAsync(Cancel)).Select(e => e.Edge).ShouldBe(["alive"]);
    }

    [Fact]
    public async Task NewestAsync_SchemaMissing_SaysWhatToRun()
    {
        var empty = await clusters.EmptyControlAsync();
        await using var store = new PostgresControlStore(empty.ConnectionStringFor(Role), "test");

        (await Should.ThrowAsync<ControlStoreException>(() => store.NewestAsync(Cancel)))
            .Message.ShouldEndWith("has no schema 'strangler', or an old one; run this as the owner of its database: Strangler.Host --print-control-schema strangler_edge | psql DATABASE");
    }

    [Fact]
    public async Task NewestAsync_NobodyListens_SaysWhereItLooked()
    {
        await using var store = new PostgresControlStore("Host=127.0.0.1;Port=1;Database=x;Username=y;Password=secret", "test");

        var message = (await Should.ThrowAsync<ControlStoreException>(() => store.NewestAsync(Cancel))).Message;

        message.ShouldStartWith("the control store at 127.0.0.1:1 cannot be reached: ");
        message.ShouldNotContain("secret");
    }

    [Fact]
    public void Constructor_NoConnectionString_SaysHowOneLooksWithoutQuotingIt() =>
        Should.Throw<ControlStoreException>(() => new PostgresControlStore("postgres://edge:secret@db/control?x=1", "test"))
            .Message.ShouldNotContain("secret");

    private Task OwnerAsync(string sql) => ExecuteAsync(_database!.ConnectionString, sql);

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancel);
    }
}
