using System.Data.Common;
using Dapper;
using Npgsql;
using Strangler.Sync.Mapping;

namespace Strangler.Sync.Reading;

/// <summary>The statements that read aggregates: one for each mapped table, whatever the number of keys.</summary>
internal sealed class AggregateSelect(IReadOnlyList<AggregateMapping> mappings)
{
    private readonly Dictionary<string, (AggregateMapping Mapping, IReadOnlyList<string> Sql)> _entities = mappings.ToDictionary(
        mapping => mapping.Entity, mapping => (mapping, (IReadOnlyList<string>)[.. mapping.Sources.Select(Sql)]), StringComparer.Ordinal);

    /// <summary>Adds the statements for these keys.</summary>
    public Selection AddTo(NpgsqlBatch batch, IReadOnlyCollection<DirtyKey> keys)
    {
        var groups = keys.GroupBy(dirty => dirty.Entity, dirty => dirty.Key, StringComparer.Ordinal)
            .Select(group => (_entities[group.Key].Mapping, Keys: group.ToDictionary(key => key, _ => new SourceRows(), StringComparer.Ordinal)))
            .ToList();
        foreach (var (mapping, byKey) in groups)
        {
            var array = AggregateKey.Array(byKey.Keys, mapping.KeyType);
            foreach (var sql in _entities[mapping.Entity].Sql)
            {
                batch.BatchCommands.Add(new NpgsqlBatchCommand(sql) { Parameters = { new NpgsqlParameter { Value = array } } });
            }
        }

        return new Selection(groups);
    }

    private static string Sql(SourceTable table)
    {
        // The alias is the property's name, so that Dapper finds the record's constructor.
        var columns = table.Columns.Select(column => $"{TableName.Quote(column.Name)} as {TableName.Quote(column.PropertyName)}");
        return $"select {string.Join(", ", columns)} from {table.Name.Sql} where {TableName.Quote(table.RoutingColumn)} = any($1)";
    }

    /// <summary>What was asked for, in the order of the statements.</summary>
    internal sealed class Selection(List<(AggregateMapping Mapping, Dictionary<string, SourceRows> Keys)> groups)
    {
        /// <summary>Reads the answers, which follow the present one.</summary>
        public async Task<IReadOnlyList<SourceAggregate>> ReadAsync(DbDataReader rows, CancellationToken cancellation)
        {
            var aggregates = new List<SourceAggregate>(groups.Sum(group => group.Keys.Count));
            foreach (var (mapping, byKey) in groups)
            {
                foreach (var table in mapping.Sources)
                {
                    await rows.NextResultAsync(cancellation);
                    Func<DbDataReader, object>? parse = null;
                    while (await rows.ReadAsync(cancellation))
                    {
                        parse ??= rows.GetRowParser(table.RowType);
                        var row = parse(rows);
                        byKey[AggregateKey.Format(table.RouteOf(row)!)].AddRow(table, row);
                    }
                }

                aggregates.AddRange(byKey.Select(pair => new SourceAggregate(mapping, pair.Key, pair.Value)));
            }

            return aggregates;
        }
    }
}
