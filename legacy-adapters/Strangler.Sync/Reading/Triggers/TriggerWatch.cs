using Dapper;
using Npgsql;
using Strangler.Sync.Mapping;

namespace Strangler.Sync.Reading.Triggers;

/// <summary>Looks now and then whether the triggers are still there, and whether a mapped table has other columns.</summary>
internal sealed class TriggerWatch(NpgsqlDataSource source, IReadOnlyList<AggregateMapping> mappings, SyncOptions options)
{
    private const string Columns = """
        select coalesce(string_agg(format('%s %s %s', attname, atttypid, atttypmod), ',' order by attnum), '') from pg_attribute
        where attrelid = to_regclass(@table) and attnum > 0 and not attisdropped
        """;

    private readonly List<TableName> _tables = [.. mappings.SelectMany(mapping => mapping.Sources).Select(table => table.Name).Distinct()];
    private readonly IReadOnlyList<ChangeTrigger> _triggers = TriggerSchema.Triggers(
        new Router(mappings), mappings.SelectMany(mapping => mapping.Sources).Select(table => table.Name), options.TriggerBytes);

    private readonly Dictionary<TableName, string> _columns = [];

    /// <summary>Looks.</summary>
    /// <returns>The tables whose columns are not what they were at the last look.</returns>
    /// <exception cref="InvalidOperationException">A trigger is missing: changes are not noted.</exception>
    public async Task<IReadOnlyList<TableName>> CheckAsync(CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        if (await TriggerInspector.MissingAsync(connection, _triggers, cancellation) is [var missing, ..])
        {
            throw new InvalidOperationException(
                $"The trigger {missing.Name} of {missing.Table} is missing, switched off or of another version: run install, after which everything is read again.");
        }

        var changed = new List<TableName>();
        foreach (var table in _tables)
        {
            var now = (await connection.ExecuteScalarAsync<string>(new CommandDefinition(Columns, new { table = table.Sql }, cancellationToken: cancellation)))!;
            if (_columns.TryGetValue(table, out var before) && before != now)
            {
                changed.Add(table);
            }

            _columns[table] = now;
        }

        return changed;
    }
}
