using System.Globalization;
using Npgsql;
using Strangler.Sync.Mapping;
using Strangler.Sync.Reading;

namespace Strangler.Sync.Reconciling;

/// <summary>
/// The aggregates of one mapping as the target has them: the rows that belong to one aggregate alone. Rows that several aggregates share, and
/// rows that are only ever added, cannot be told from those of others and are not compared.
/// </summary>
internal sealed class TargetSide
{
    private readonly SnapshotReader _store;
    private readonly List<(TargetTable Table, RowReader Rows)> _tables;
    private readonly Type _keyType;

    /// <summary>Reads through the given store.</summary>
    public TargetSide(AggregateMapping mapping, SnapshotReader store)
    {
        _store = store;
        _tables = [.. mapping.Targets.Where(table => table.Kind == TargetKind.Owned).Select(table => (table, new RowReader(table)))];
        // An aggregate is there when it has a row in this table.
        Root = _tables.Select(pair => pair.Table).FirstOrDefault(table => table.OnePerAggregate) ?? _tables.Select(pair => pair.Table).FirstOrDefault();
        _keyType = Root is null ? typeof(string) : Nullable.GetUnderlyingType(Root.AggregateColumn!.Type) ?? Root.AggregateColumn.Type;
    }

    /// <summary>The table in which an aggregate that exists has a row; null when the mapping owns none.</summary>
    public TargetTable? Root { get; }

    /// <summary>The aggregate's key as a value of the type that the target has it in.</summary>
    public object Key(object targetKey) => KeyValue.Of(targetKey, _keyType);

    /// <summary>The rows of aggregates; those without rows are left out.</summary>
    public Task<Dictionary<object, TargetRows>> ReadAsync(IReadOnlyCollection<object> keys, CancellationToken cancellation) => _store.ReadAsync(
        async connection =>
        {
            var found = new Dictionary<object, TargetRows>(keys.Count);
            var array = KeyValue.Array(keys, _keyType);
            foreach (var (table, rows) in _tables)
            {
                var sql = $"select {rows.Select} from {table.Name.Sql} where {TableName.Quote(table.AggregateColumn!.Name)} = any($1)";
                await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new NpgsqlParameter { Value = array } } };
                await using var reader = await command.ExecuteReaderAsync(cancellation);
                while (await reader.ReadAsync(cancellation))
                {
                    var row = rows.Read(reader);
                    var key = Key(table.AggregateColumn.Value(row)!);
                    if (!found.TryGetValue(key, out var state))
                    {
                        found.Add(key, state = new TargetRows());
                    }

                    state.AddRow(table, row);
                }
            }

            return found;
        },
        cancellation);

    /// <summary>The next keys of aggregates that have a row in the root table, in their order.</summary>
    public Task<IReadOnlyList<object>> KeysAsync(object? after, int limit, CancellationToken cancellation)
    {
        var column = TableName.Quote(Root!.AggregateColumn!.Name);
        var distinct = Root.OnePerAggregate ? "" : "distinct ";
        var condition = after is null ? "true" : $"{column} > $1";
        return ListAsync($"select {distinct}{column} from {Root.Name.Sql} where {condition} and {Live(Root)} order by {column} limit {limit}", after, cancellation);
    }

    /// <summary>Keys of rows in other tables whose aggregate has no row in the root table.</summary>
    public async Task<IReadOnlyList<object>> OrphansAsync(int limit, CancellationToken cancellation)
    {
        var orphans = new List<object>();
        var root = TableName.Quote(Root!.AggregateColumn!.Name);
        foreach (var table in _tables.Select(pair => pair.Table).Where(table => table != Root))
        {
            var column = TableName.Quote(table.AggregateColumn!.Name);
            orphans.AddRange((await ListAsync(
                $"select distinct c.{column} from {table.Name.Sql} c where {Live(table)} and not exists (select from {Root.Name.Sql} r where r.{root} = c.{column}) limit {limit}",
                parameter: null,
                cancellation)).Select(Key));
        }

        return orphans;
    }

    /// <summary>The rows of an aggregate that are not marked as deleted; null when there are none.</summary>
    public TargetRows? WithoutDeleted(TargetRows? rows)
    {
        if (rows is null || !_tables.Exists(pair => pair.Table.SoftDeletion is not null))
        {
            return rows;
        }

        var live = new TargetRows();
        foreach (var (table, _) in _tables)
        {
            foreach (var row in rows.RowsOf(table).Where(row => IsLive(table, row)))
            {
                live.AddRow(table, row);
            }
        }

        return live.IsEmpty ? null : live;
    }

    /// <summary>Whether the aggregate has a row in the root table that is not marked as deleted.</summary>
    public bool Exists(TargetRows? rows)
    {
        if (Root is null || rows is null)
        {
            return false;
        }

        foreach (var row in rows.RowsOf(Root))
        {
            if (IsLive(Root, row))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Writers of the owned tables' rows for the hash.</summary>
    public async Task<IReadOnlyDictionary<TargetTable, Action<CanonicalBuffer, object>>> WritersAsync(CancellationToken cancellation)
    {
        var writers = new Dictionary<TargetTable, Action<CanonicalBuffer, object>>();
        foreach (var table in _tables.Select(pair => pair.Table))
        {
            var padded = await ListAsync(
                "select attname::text from pg_attribute where attrelid = $1::text::regclass and atttypid = 'bpchar'::regtype and attnum > 0", table.Name.Sql, cancellation);
            writers.Add(table, CanonicalRow.Of(table, padded.Cast<string>().ToHashSet(StringComparer.Ordinal)));
        }

        return writers;
    }

    private static bool IsLive(TargetTable table, object row) => table.SoftDeletion is not { } mark
        || mark.Column.Value(row) is not { } value
        || Convert.ToString(value, CultureInfo.InvariantCulture) != mark.Value;

    private static string Live(TargetTable table) => table.SoftDeletion is { } mark
        ? $"{TableName.Quote(mark.Column.Name)} is distinct from {TableName.Literal(mark.Value)}"
        : "true";

    private Task<IReadOnlyList<object>> ListAsync(string sql, object? parameter, CancellationToken cancellation) =>
        _store.ReadAsync<IReadOnlyList<object>>(
            async connection =>
            {
                await using var command = new NpgsqlCommand(sql, connection);
                if (parameter is not null)
                {
                    command.Parameters.Add(new NpgsqlParameter { Value = parameter });
                }

                var list = new List<object>();
                await using var reader = await command.ExecuteReaderAsync(cancellation);
                while (await reader.ReadAsync(cancellation))
                {
                    list.Add(reader.GetValue(0));
                }

                return list;
            },
            cancellation);
}
