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

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SourceAggregate>> ReadAsync(
        IReadOnlyCollection<DirtyKey> keys, IReadOnlyCollection<uint> transactions, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        for (var wait = ShortestWait; ; wait = wait + wait < LongestWait ? wait + wait : LongestWait)
        {
            await using (var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation))
            {
                if (await SeesAsync(connection, transactions, cancellation))
                {
                    var read = await ReadAllAsync(connection, keys, cancellation);
                    await transaction.CommitAsync(cancellation);
                    return read;
                }
            }

            meter.VisibilityWaits.Add(1);
            await Task.Delay(wait, clock, cancellation);
        }
    }

    /// <inheritdoc/>
    public async Task<SnapshotView> SnapshotAsync(CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        return await SnapshotAsync(connection, "select pg_current_snapshot()::text", cancellation);
    }

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
        parameters.Add("keys", Keys(mapping, keys));
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

    private static async Task<bool> SeesAsync(NpgsqlConnection connection, IReadOnlyCollection<uint> transactions, CancellationToken cancellation)
    {
        var view = await SnapshotAsync(connection, "set transaction read only; select pg_current_snapshot()::text", cancellation);
        return transactions.All(view.Sees);
    }

    private async Task<List<SourceAggregate>> ReadAllAsync(
        NpgsqlConnection connection, IReadOnlyCollection<DirtyKey> keys, CancellationToken cancellation)
    {
        var aggregates = new List<SourceAggregate>(keys.Count);
        foreach (var group in keys.GroupBy(dirty => dirty.Entity, dirty => dirty.Key, StringComparer.Ordinal))
        {
            var mapping = mappings.First(mapping => mapping.Entity == group.Key);
            var byKey = group.ToDictionary(key => key, _ => new SourceRows(), StringComparer.Ordinal);
            var parameters = new DynamicParameters();
            parameters.Add("keys", Keys(mapping, [.. byKey.Keys]));
            foreach (var table in mapping.Sources)
            {
                var command = new CommandDefinition(SelectSql(table), parameters, cancellationToken: cancellation);
                foreach (var row in await connection.QueryAsync(table.RowType, command))
                {
                    byKey[AggregateKey.Format(table.RouteOf(row)!)].AddRow(table, row);
                }
            }

            aggregates.AddRange(byKey.Select(pair => new SourceAggregate(mapping, pair.Key, pair.Value)));
        }

        return aggregates;
    }

    private static string SelectSql(SourceTable table)
    {
        // The alias is the property's name, so that Dapper finds the record's constructor.
        var columns = table.Columns.Select(column => $"{TableName.Quote(column.Name)} as {TableName.Quote(column.PropertyName)}");
        return $"select {string.Join(", ", columns)} from {table.Name.Sql} where {TableName.Quote(table.RoutingColumn)} = any(@keys)";
    }

    private static Array Keys(AggregateMapping mapping, IReadOnlyList<string> keys)
    {
        var array = Array.CreateInstance(mapping.KeyType, keys.Count);
        for (var i = 0; i < keys.Count; i++)
        {
            array.SetValue(AggregateKey.Parse(keys[i], mapping.KeyType), i);
        }

        return array;
    }

    private static async Task<SnapshotView> SnapshotAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation) =>
        SnapshotView.Parse((await connection.ExecuteScalarAsync<string>(new CommandDefinition(sql, cancellationToken: cancellation)))!);

    private async Task<IReadOnlyList<string>> KeysAsync(
        AggregateMapping mapping, string sql, DynamicParameters parameters, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        var keys = await connection.QueryAsync(mapping.KeyType, new CommandDefinition(sql, parameters, cancellationToken: cancellation));
        return [.. keys.Select(AggregateKey.Format)];
    }
}
