using System.Data;
using Dapper;
using Npgsql;
using Strangler.Sync.Mapping;
using Strangler.Sync.Status;

namespace Strangler.Sync.Reading;

/// <summary>Reads aggregates with one statement per mapped table, whatever their number.</summary>
internal sealed class PostgresAggregateReader(
    NpgsqlDataSource source, IReadOnlyList<AggregateMapping> mappings, SyncMeter meter, TimeProvider clock) : IAggregateReader
{
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(100);

    private readonly AggregateSelect _select = new(mappings);

    /// <inheritdoc/>
    public async Task<SourceRead> ReadAsync(
        IReadOnlyCollection<DirtyKey> keys, IReadOnlyCollection<uint> transactions, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        for (var wait = ShortestWait; ; wait = wait + wait < LongestWait ? wait + wait : LongestWait)
        {
            await using (var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation))
            {
                // One round trip; hardly ever has it been too early.
                await using var batch = new NpgsqlBatch(connection);
                batch.BatchCommands.Add(new NpgsqlBatchCommand("set transaction read only"));
                batch.BatchCommands.Add(new NpgsqlBatchCommand("select pg_current_snapshot()::text, pg_current_wal_insert_lsn()::text"));
                var selection = _select.AddTo(batch, keys);
                await using var rows = await batch.ExecuteReaderAsync(cancellation);
                await rows.ReadAsync(cancellation);
                var view = SnapshotView.Parse(rows.GetString(0));
                var seen = Lsn.Parse(rows.GetString(1));
                if (transactions.All(view.Sees))
                {
                    return new SourceRead(await selection.ReadAsync(rows, cancellation), seen);
                }
            }

            meter.VisibilityWaits.Add(1);
            await Task.Delay(wait, clock, cancellation);
        }
    }

    /// <inheritdoc/>
    public async Task<ISourceSnapshot> SnapshotAsync(CancellationToken cancellation) =>
        await PostgresSourceSnapshot.TakeAsync(source, _select, cancellation);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> KeysAsync(
        AggregateMapping mapping, string? after, int limit, CancellationToken cancellation)
    {
        var root = mapping.RootTable;
        var key = TableName.Quote(root.RoutingColumn);
        var parameters = new DynamicParameters();
        parameters.Add("limit", limit);
        if (after is not null)
        {
            parameters.Add("after", AggregateKey.Parse(after, mapping.KeyType));
        }

        var condition = after is null ? "" : $" where {key} > @after";
        return await KeysAsync(mapping, $"select {key} from {root.Name.Sql}{condition} order by {key} limit @limit", parameters, cancellation);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> MissingAsync(
        AggregateMapping mapping, IReadOnlyList<string> keys, CancellationToken cancellation)
    {
        var root = mapping.RootTable;
        var parameters = new DynamicParameters();
        parameters.Add("keys", AggregateKey.Array(keys, mapping.KeyType));
        var found = $"select from {root.Name.Sql} r where r.{TableName.Quote(root.RoutingColumn)} = k";
        return await KeysAsync(mapping, $"select k from unnest(@keys) k where not exists ({found})", parameters, cancellation);
    }

    /// <inheritdoc/>
    public async Task<long> CountAsync(AggregateMapping mapping, CancellationToken cancellation)
    {
        // Counting a big table would cost the source more than the figure is worth.
        var table = mapping.RootTable.Name.Sql;
        var sql = $"""
            select case when reltuples < 100000 then (select count(*) from {table}) else reltuples::bigint end
            from pg_class where oid = @table::regclass
            """;
        await using var connection = await source.OpenConnectionAsync(cancellation);
        return await connection.ExecuteScalarAsync<long>(new CommandDefinition(sql, new { table }, cancellationToken: cancellation));
    }

    /// <inheritdoc/>
    public async Task<int> ActiveAsync(CancellationToken cancellation)
    {
        // What a session of somebody else is doing may only be seen with a right that we shall not need; that it holds a transaction, by all.
        const string Sql = """
            select count(distinct l.pid)::integer from pg_locks l join pg_stat_activity a on a.pid = l.pid
            where l.locktype = 'virtualxid' and l.mode = 'ExclusiveLock' and l.granted and a.usename <> current_user
              and a.datid = (select oid from pg_database where datname = current_database())
            """;
        await using var connection = await source.OpenConnectionAsync(cancellation);
        return await connection.ExecuteScalarAsync<int>(new CommandDefinition(Sql, cancellationToken: cancellation));
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> ColumnsAsync(AggregateMapping mapping, CancellationToken cancellation)
    {
        const string Sql = """
            select attname || ' ' || format_type(atttypid, atttypmod) from pg_attribute
            where attrelid = to_regclass(@table) and attnum > 0 and not attisdropped and attname = any(@columns)
            order by attname
            """;
        await using var connection = await source.OpenConnectionAsync(cancellation);
        var columns = new List<string>();
        foreach (var table in mapping.Sources)
        {
            var parameters = new { table = table.Name.Sql, columns = table.Columns.Select(column => column.Name).ToArray() };
            var found = await connection.QueryAsync<string>(new CommandDefinition(Sql, parameters, cancellationToken: cancellation));
            columns.AddRange(found.Select(column => $"{table.Name.Name}.{column}"));
        }

        return columns;
    }

    private async Task<IReadOnlyList<string>> KeysAsync(
        AggregateMapping mapping, string sql, DynamicParameters parameters, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        var keys = await connection.QueryAsync(mapping.KeyType, new CommandDefinition(sql, parameters, cancellationToken: cancellation));
        return [.. keys.Select(AggregateKey.Format)];
    }
}
