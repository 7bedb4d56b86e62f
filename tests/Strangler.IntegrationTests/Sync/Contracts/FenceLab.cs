using System.Text;
using Dapper;
using Npgsql;
using Shouldly;
using Strangler.Demo.Clusters;
using Strangler.Sync.Fencing;
using Strangler.Sync.Installing;
using Strangler.Sync.Mapping;

namespace Strangler.IntegrationTests.Sync.Contracts;

/// <summary>A store with tables to fence, its application and its log.</summary>
internal sealed class FenceLab : IAsyncDisposable
{
    /// <summary>The capability.</summary>
    public const string People = "people";

    /// <summary>The role of the adapters.</summary>
    public const string Role = "strangler_reader";

    private const string Schema = """
        create table region (id integer primary key, name text);
        create table customer (
            id integer primary key, name text not null, version integer not null default 0,
            region_id integer references region on update cascade on delete set null);
        create table purchase (id integer primary key, customer_id integer references customer, cents integer not null);
        create table visit (id integer primary key, page text) partition by range (id);
        create table visit_low partition of visit for values from (0) to (100);
        create table visit_high partition of visit for values from (100) to (200);
        insert into region select n, 'Region ' || n from generate_series(1, 5) n;
        insert into customer select n, 'Customer ' || n, 0, n from generate_series(1, 3) n;
        insert into purchase select n, n, 100 from generate_series(1, 3) n;
        insert into visit select n, '/' from generate_series(90, 110) n;
        create publication log for table customer, purchase, visit
        """;

    private readonly FreshDatabase _database;
    private readonly string _slot;
    private readonly List<NpgsqlDataSource> _pools = [];

    private FenceLab(FreshDatabase database)
    {
        _database = database;
        _slot = $"fence_{database.Name}";
    }

    /// <summary>The tables of the capability.</summary>
    public static IReadOnlyList<TableName> Tables { get; } = [new("public", "customer"), new("public", "purchase"), new("public", "visit")];

    /// <summary>A lab without any fence.</summary>
    public static async Task<FenceLab> CreateAsync(FreshDatabase database)
    {
        var lab = new FenceLab(database);
        await lab.RunAsync(Schema);
        await lab.ValueAsync<string>($"select lsn::text from pg_create_logical_replication_slot('{lab._slot}', 'pgoutput')");
        return lab;
    }

    /// <summary>What would be done to fence tables.</summary>
    public async Task<InstallPlan> PlanAsync(string capability, string role, params IReadOnlyList<TableName> tables)
    {
        await using var connection = await OpenAsync();
        return await FencePlanner.AddAsync(new InstallPlan([], [], []), connection, role, [(capability, tables)]);
    }

    /// <summary>Installs the fence of the capability.</summary>
    public async Task InstallAsync()
    {
        var plan = await PlanAsync(People, Role, Tables);
        plan.Refusals.ShouldBeEmpty();
        await RunAsync(plan);
    }

    /// <summary>Does what is planned.</summary>
    public async Task RunAsync(InstallPlan plan)
    {
        foreach (var statement in plan.Statements)
        {
            await RunAsync(statement);
        }
    }

    /// <summary>A pool of the adapters.</summary>
    public NpgsqlDataSource Pool()
    {
        var pool = NpgsqlDataSource.Create(Strangler.Sync.StoreConnection.Fence(_database.ConnectionStringFor(Role)));
        _pools.Add(pool);
        return pool;
    }

    /// <summary>A session of the application, whose role owns the tables; or of another.</summary>
    public async Task<NpgsqlConnection> OpenAsync(string? role = null)
    {
        var connection = new NpgsqlConnection((role is null ? _database.ConnectionString : _database.ConnectionStringFor(role)) + ";Pooling=false");
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>Runs SQL as the application, or as another.</summary>
    public async Task RunAsync(string sql, string? role = null)
    {
        await using var connection = await OpenAsync(role);
        await connection.ExecuteAsync(sql);
    }

    /// <summary>How the store refuses a statement; null when it does not.</summary>
    public async Task<PostgresException?> RefusalAsync(string sql, string? role = null)
    {
        await using var connection = await OpenAsync(role);
        return await RefusalAsync(connection, sql);
    }

    /// <summary>How the store refuses a statement; null when it does not.</summary>
    public static async Task<PostgresException?> RefusalAsync(NpgsqlConnection connection, string sql)
    {
        try
        {
            await connection.ExecuteAsync(sql);
            return null;
        }
        catch (PostgresException e)
        {
            return e;
        }
    }

    /// <summary>One value, as the superuser.</summary>
    public async Task<T?> ValueAsync<T>(string sql)
    {
        await using var connection = await OpenAsync(PrivateCluster.Superuser);
        return await connection.ExecuteScalarAsync<T>(sql);
    }

    /// <summary>How the triggers of all fences are switched: <c>D</c> when all are down, <c>A</c> when all are up.</summary>
    public async Task<string> SwitchesAsync() => (await ValueAsync<string>(
        "select string_agg(distinct tgenabled::text, '' order by tgenabled::text) from pg_trigger where tgname like 'strangler\\_fence%'"))!;

    /// <summary>All that the application has.</summary>
    public Task<string?> ContentAsync() => ValueAsync<string>("""
        select string_agg(r, E'\n' order by r) from (
            select c::text from customer c union all select p::text from purchase p union all select v::text from visit v) rows (r)
        """);

    /// <summary>The session that is raising or lowering, once it waits for a lock.</summary>
    public async Task<int> WaitingFenceAsync()
    {
        int? pid = null;
        await Eventually.TrueAsync("the fence waits for a lock", async () => (pid = await ValueAsync<int?>(
            "select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%set_fence%'")) is not null);
        return pid!.Value;
    }

    /// <summary>What has come into the log since the last look: <c>I</c>, <c>U</c>, <c>D</c> for rows, the content of barriers.</summary>
    public async Task<IReadOnlyList<string>> LogAsync()
    {
        await using var connection = await OpenAsync(PrivateCluster.Superuser);
        var changes = await connection.QueryAsync<byte[]>(
            $"select data from pg_logical_slot_get_binary_changes('{_slot}', null, null, 'proto_version', '1', 'publication_names', 'log', 'messages', 'true')");
        return [.. changes.Select(Describe).OfType<string>()];
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var pool in _pools)
        {
            await pool.DisposeAsync();
        }

        if (_database.Cluster.Postmaster is not null)
        {
            await ValueAsync<string>($"select pg_drop_replication_slot('{_slot}')::text");
        }
    }

    private static string? Describe(byte[] change)
    {
        const int HeadOfMessage = 1 + 1 + 8;
        if ((char)change[0] != 'M')
        {
            return (char)change[0] is 'I' or 'U' or 'D' ? $"{(char)change[0]}" : null;
        }

        var end = Array.IndexOf(change, (byte)0, HeadOfMessage);
        var isOurs = Encoding.UTF8.GetString(change, HeadOfMessage, end - HeadOfMessage) == FenceSchema.Barrier;
        change[1].ShouldBe((byte)1, "transactional");
        return isOurs ? Encoding.UTF8.GetString(change.AsSpan(end + 1 + sizeof(int))) : null;
    }
}
