using System.Globalization;
using Npgsql;
using Strangler.Benchmarks.Comparing;
using Strangler.Demo.Clusters;

namespace Strangler.Benchmarks.Syncing;

/// <summary>Two clusters with the same table, and loads for it.</summary>
internal sealed class SyncPair : IAsyncDisposable
{
    private const string Table =
        "create table item (id integer primary key, sku text not null, name text not null, price numeric(12,2) not null, qty integer not null, updated timestamp not null)";

    private readonly PrivateCluster _source;
    private readonly PrivateCluster _target;
    private int _databases;

    private SyncPair(PrivateCluster source, PrivateCluster target)
    {
        _source = source;
        _target = target;
    }

    /// <summary>The source, as the superuser.</summary>
    public string Source { get; private set; } = "";

    /// <summary>The target, as the superuser.</summary>
    public string Target { get; private set; } = "";

    /// <summary>Makes the clusters; both write to disk as a server does by default.</summary>
    public static async Task<SyncPair> CreateAsync()
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["wal_level"] = "logical", ["max_wal_size"] = "8GB", ["checkpoint_timeout"] = "30min", ["shared_buffers"] = "512MB",
            // Else a subscription that is enabled again waits up to 5 s for its worker.
            ["wal_retrieve_retry_interval"] = "50ms",
        };
        return new SyncPair(await PrivateCluster.CreateTemporaryAsync(settings), await PrivateCluster.CreateTemporaryAsync(settings));
    }

    /// <summary>A new database with the empty table on either side.</summary>
    public async Task RenewAsync()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"bench_{++_databases}");
        await _source.CreateDatabaseAsync(name, "bench");
        await _target.CreateDatabaseAsync(name, "bench");
        Source = _source.ConnectionString(name);
        Target = _target.ConnectionString(name);
        await SourceAsync(Table);
        await TargetAsync(Table);
        await SourceAsync("create publication bench for table item");
    }

    /// <summary>Rows inserted, then each updated once, in transactions of 1,000 rows.</summary>
    public async Task LoadBulkAsync(int rows)
    {
        for (var first = 1; first <= rows; first += 1000)
        {
            await SourceAsync(Insert(first, Math.Min(rows, first + 999)));
        }

        for (var first = 1; first <= rows; first += 1000)
        {
            await SourceAsync($"update item set qty = qty + 1, updated = updated + interval '1 day' where id between {first} and {Math.Min(rows, first + 999)}");
        }
    }

    /// <summary>Rows inserted in transactions of one row each. How fast the source commits is nobody's figure here, so it does not wait for its disk.</summary>
    public Task LoadSinglesAsync(int rows) => SourceAsync($"""
        set synchronous_commit = off;
        do $$ begin for n in 1..{rows} loop
            insert into item values (n, 'SKU-' || n, 'Article number ' || n, n % 10000 / 100.0, n % 500, timestamp '2026-01-01');
            commit;
        end loop; end $$
        """);

    /// <summary>Updates in transactions of one row each, nine of ten on one row of a hundred.</summary>
    public Task LoadHotAsync(int rows, int changes) => SourceAsync($"""
        set synchronous_commit = off;
        select setseed(0.42);
        do $$ declare which integer; begin for n in 1..{changes} loop
            which := 1 + case when random() < 0.9 then random() * ({rows} / 100 - 1) else random() * ({rows} - 1) end;
            update item set qty = n where id = which;
            commit;
        end loop; end $$
        """);

    /// <summary>Rows in one transaction.</summary>
    public Task LoadOneTransactionAsync(int rows) => SourceAsync(Insert(1, rows));

    /// <summary>The position after everything so far.</summary>
    public async Task<ulong> PositionAsync()
    {
        var text = await ScalarAsync<string>(Source, "select pg_current_wal_lsn()::text");
        return Strangler.Sync.Reading.Lsn.Parse(text!).Value;
    }

    /// <summary>A change that lies after everything so far, so that a subscriber that is past it is past all of it.</summary>
    public Task MarkAsync() => SourceAsync("update item set qty = qty where id = 1");

    /// <summary>CPU seconds of this process, the source's server and the target's.</summary>
    public CpuTimes Cpu() => new(
        Environment.CpuUsage.TotalTime.TotalSeconds, ServerTimes.Seconds(_source.Postmaster!.Id), ServerTimes.Seconds(_target.Postmaster!.Id));

    /// <summary>Whether both tables are equal, by count and hash.</summary>
    public async Task<bool> AreEqualAsync()
    {
        const string Sql = "select count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 0)), 0) from item t";
        return await ScalarAsync<string>(Source, Sql) == await ScalarAsync<string>(Target, Sql);
    }

    /// <summary>Runs SQL on the source.</summary>
    public Task SourceAsync(string sql) => ExecuteAsync(Source, sql);

    /// <summary>Runs SQL on the target.</summary>
    public Task TargetAsync(string sql) => ExecuteAsync(Target, sql);

    /// <summary>One value.</summary>
    public static async Task<T?> ScalarAsync<T>(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Command Timeout=3600");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (T?)await command.ExecuteScalarAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        await _target.DisposeAsync();
    }

    private static string Insert(int first, int last) => $"""
        insert into item select n, 'SKU-' || n, 'Article number ' || n, n % 10000 / 100.0, n % 500, timestamp '2026-01-01' + n * interval '1 second'
        from generate_series({first}, {last}) n
        """;

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Command Timeout=3600");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
