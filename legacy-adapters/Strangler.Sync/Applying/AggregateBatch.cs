using Npgsql;
using Strangler.Sync.Mapping;

namespace Strangler.Sync.Applying;

/// <summary>Collects the statements that bring aggregates of one mapping to their state.</summary>
/// <param name="mapping">The mapping.</param>
/// <param name="changed">The aggregates that differ.</param>
/// <param name="gone">The aggregates that shall not exist.</param>
/// <param name="sql">The statements of the tables.</param>
internal sealed class AggregateBatch(
    AggregateMapping mapping,
    IReadOnlyList<TargetAggregate> changed,
    IReadOnlyList<TargetAggregate> gone,
    IReadOnlyDictionary<TargetTable, TableSql> sql)
{
    /// <summary>Adds the deletes: children first.</summary>
    /// <param name="batch">Takes the statements.</param>
    /// <param name="replace">
    /// Also deletes the rows of aggregates that are then inserted anew: so a unique value can go from one to the other whatever the order.
    /// </param>
    public void AddDeletes(NpgsqlBatch batch, bool replace)
    {
        var doomed = replace ? [.. gone, .. changed] : gone;
        if (doomed.Count == 0)
        {
            return;
        }

        var keys = TargetKeys(doomed);
        foreach (var table in mapping.Targets.Reverse().Where(table => table.Kind == TargetKind.Owned))
        {
            Add(batch, sql[table].DeleteAll, keys);
        }
    }

    /// <summary>Adds the inserts and updates: parents first.</summary>
    public void AddWrites(NpgsqlBatch batch)
    {
        if (changed.Count == 0)
        {
            return;
        }

        foreach (var table in mapping.Targets)
        {
            var rows = Rows(table);
            if (table is { Kind: TargetKind.Owned, OnePerAggregate: false })
            {
                Add(batch, sql[table].DeleteAbsent, [TargetKeys(changed), .. table.Keys.Select(key => key.Values(rows))]);
            }
            else if (table.Kind == TargetKind.Owned && rows.Count < changed.Count && changed.Where(aggregate => aggregate.State!.RowsOf(table).Count == 0).ToList() is [_, ..] without)
            {
                Add(batch, sql[table].DeleteAll, TargetKeys(without));
            }

            if (rows.Count > 0)
            {
                Add(batch, sql[table].Insert, [.. table.Columns.Select(column => column.Values(rows))]);
            }
        }
    }

    private List<object> Rows(TargetTable table)
    {
        var rows = changed.SelectMany(aggregate => aggregate.State!.RowsOf(table));
        // One fixed order, so that two writers cannot wait for each other.
        return table.Kind == TargetKind.Shared
            ? [.. rows.DistinctBy(Key, StringComparer.Ordinal).OrderBy(Key, StringComparer.Ordinal)]
            : [.. rows];

        string Key(object row) => string.Join('\u001f', table.Keys.Select(key => key.Value(row)));
    }

    private Array TargetKeys(IReadOnlyList<TargetAggregate> aggregates)
    {
        var first = mapping.TargetKeyOf(aggregates[0].Key);
        var keys = Array.CreateInstance(first.GetType(), aggregates.Count);
        for (var i = 0; i < aggregates.Count; i++)
        {
            keys.SetValue(mapping.TargetKeyOf(aggregates[i].Key), i);
        }

        return keys;
    }

    private static void Add(NpgsqlBatch batch, string text, params Array[] parameters)
    {
        var command = new NpgsqlBatchCommand(text);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        }

        batch.BatchCommands.Add(command);
    }
}
