using System.Runtime.CompilerServices;

namespace Strangler.Sync.Mapping;

/// <summary>Makes aggregates from the types of a mapping's records.</summary>
/// <param name="mapping">The mapping.</param>
/// <param name="random">Decides.</param>
/// <param name="words">Texts that the source really holds.</param>
internal sealed class RandomAggregates(AggregateMapping mapping, Random random, IReadOnlyList<string> words)
{
    private const int MostChildren = 5;

    private readonly RandomValues _values = new(random, words);

    /// <summary>The next one.</summary>
    public RandomAggregate Next()
    {
        var key = _values.Next(mapping.KeyType);
        var rows = new List<(SourceTable, object)> { (mapping.RootTable, Row(mapping.RootTable, key)) };
        foreach (var table in mapping.Sources.Skip(1))
        {
            rows.AddRange(Children(table, key).Select(row => (table, row)));
        }

        return new RandomAggregate(AggregateKey.Format(key), rows);
    }

    /// <summary>The rows of an aggregate in another order.</summary>
    public SourceRows Shuffled(RandomAggregate aggregate)
    {
        var rows = aggregate.Rows.ToArray();
        random.Shuffle(rows);
        return RandomAggregate.Of(rows);
    }

    private IEnumerable<object> Children(SourceTable table, object key)
    {
        var rows = Enumerable.Range(0, random.Next(MostChildren + 1)).Select(_ => Row(table, key)).ToList();
        return table.Keys.Count == 0 ? rows : rows.DistinctBy(row => string.Join('\u001f', table.Keys.Select(column => column.Value(row))), StringComparer.Ordinal);
    }

    private object Row(SourceTable table, object key)
    {
        var row = RuntimeHelpers.GetUninitializedObject(table.RowType);
        foreach (var column in table.Columns)
        {
            var type = Nullable.GetUnderlyingType(column.Type) ?? column.Type;
            column.Set(row, column.Name == table.RoutingColumn
                ? AggregateKey.Parse(AggregateKey.Format(key), type)
                : column.IsNullable && random.Next(4) == 0 ? null : _values.Next(type));
        }

        return row;
    }
}
