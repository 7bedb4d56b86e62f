using Npgsql;
using Strangler.Sync.Mapping;
using Strangler.Sync.Reading;

namespace Strangler.Sync.Reconciling;

/// <summary>The aggregates of one mapping as the source has them.</summary>
internal sealed class SourceSide
{
    private readonly AggregateMapping _mapping;
    private readonly SnapshotReader _store;
    private readonly List<(SourceTable Table, RowReader Rows)> _tables;
    private readonly string _key;

    /// <summary>Reads through the given store.</summary>
    public SourceSide(AggregateMapping mapping, SnapshotReader store)
    {
        _mapping = mapping;
        _store = store;
        _tables = [.. mapping.Sources.Select(table => (table, new RowReader(table)))];
        _key = TableName.Quote(mapping.RootTable.RoutingColumn);
    }

    /// <summary>The next aggregates in the order of the root's key.</summary>
    /// <param name="range">The half-open range to which they belong.</param>
    /// <param name="limit">The most to return; fewer means that there are no others in the range.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public Task<IReadOnlyList<SourceAggregate>> PageAsync(KeyRange range, int limit, CancellationToken cancellation) =>
        _store.ReadAsync<IReadOnlyList<SourceAggregate>>(
            async connection =>
            {
                var (condition, parameters) = Where(range);
                var page = new Dictionary<object, SourceAggregate>(limit);
                await RowsAsync(connection, _tables[0], $"{condition} order by {_key} limit {limit}", parameters, (key, row) => Add(page, key).AddRow(_tables[0].Table, row), cancellation);
                await ChildrenAsync(connection, page, cancellation);
                return [.. page.Values];
            },
            cancellation);

    /// <summary>Given aggregates; one without a root row does not exist.</summary>
    public Task<IReadOnlyList<SourceAggregate>> ReadAsync(IReadOnlyCollection<string> keys, CancellationToken cancellation) =>
        _store.ReadAsync<IReadOnlyList<SourceAggregate>>(
            async connection =>
            {
                var page = new Dictionary<object, SourceAggregate>(keys.Count);
                foreach (var key in keys)
                {
                    Add(page, AggregateKey.Parse(key, _mapping.KeyType));
                }

                await RowsAsync(connection, _tables[0], $"where {_key} = any($1)", [Keys(page)], (key, row) => page[key].Rows.AddRow(_tables[0].Table, row), cancellation);
                await ChildrenAsync(connection, page, cancellation);
                return [.. page.Values];
            },
            cancellation);

    /// <summary>The next keys in their order.</summary>
    public Task<IReadOnlyList<object>> KeysAsync(object? after, int limit, CancellationToken cancellation) =>
        _store.ReadAsync<IReadOnlyList<object>>(
            async connection =>
            {
                var (condition, parameters) = Where(new KeyRange(after, To: null));
                var keys = new List<object>(limit);
                await using var command = Command(connection, $"select {_key} from {_mapping.RootTable.Name.Sql} {condition} order by {_key} limit {limit}", parameters);
                await using var reader = await command.ExecuteReaderAsync(cancellation);
                while (await reader.ReadAsync(cancellation))
                {
                    keys.Add(reader.GetValue(0));
                }

                return keys;
            },
            cancellation);

    /// <summary>About how many aggregates there are.</summary>
    public Task<long> CountAsync(CancellationToken cancellation) => _store.ReadAsync(
        async connection =>
        {
            // Counting a big table would cost the source more than the figure is worth.
            var table = _mapping.RootTable.Name.Sql;
            await using var command = Command(
                connection,
                $"select case when reltuples < 100000 then (select count(*) from {table}) else reltuples::bigint end from pg_class where oid = $1::text::regclass",
                [table]);
            return (long)(await command.ExecuteScalarAsync(cancellation))!;
        },
        cancellation);

    private async Task ChildrenAsync(NpgsqlConnection connection, Dictionary<object, SourceAggregate> page, CancellationToken cancellation)
    {
        if (page.Count == 0)
        {
            return;
        }

        var keys = Keys(page);
        foreach (var child in _tables.Skip(1))
        {
            var condition = $"where {TableName.Quote(child.Table.RoutingColumn)} = any($1)";
            await RowsAsync(connection, child, condition, [keys], (key, row) => page[key].Rows.AddRow(child.Table, row), cancellation);
        }
    }

    private async Task RowsAsync(
        NpgsqlConnection connection, (SourceTable Table, RowReader Rows) table, string condition, object[] parameters, Action<object, object> add, CancellationToken cancellation)
    {
        await using var command = Command(connection, $"select {table.Rows.Select} from {table.Table.Name.Sql} {condition}", parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var row = table.Rows.Read(reader);
            add(KeyValue.Of(table.Table.RouteOf(row)!, _mapping.KeyType), row);
        }
    }

    private (string Condition, object[] Parameters) Where(KeyRange range) => (range.After, range.To) switch
    {
        (null, null) => ("", []),
        (var after, null) => ($"where {_key} > $1", [after]),
        (null, var to) => ($"where {_key} <= $1", [to]),
        var (after, to) => ($"where {_key} > $1 and {_key} <= $2", [after, to]),
    };

    private SourceRows Add(Dictionary<object, SourceAggregate> page, object key)
    {
        var rows = new SourceRows();
        page.Add(key, new SourceAggregate(_mapping, AggregateKey.Format(key), rows));
        return rows;
    }

    private Array Keys(Dictionary<object, SourceAggregate> page) => KeyValue.Array(page.Keys, _mapping.KeyType);

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, params object[] parameters)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        }

        return command;
    }
}
