using Strangler.Sync.Mapping;
using Strangler.Sync.Reading;

namespace Strangler.Sync.Applying;

/// <summary>Maps aggregates and tells those that fail apart.</summary>
internal static class Mapper
{
    /// <summary>Adds each aggregate as the target shall have it, or as one that failed.</summary>
    public static void Map(IEnumerable<SourceAggregate> aggregates, List<TargetAggregate> mapped, List<FailedAggregate> failed)
    {
        foreach (var aggregate in aggregates)
        {
            try
            {
                mapped.Add(Map(aggregate));
            }
            catch (Exception e)
            {
                failed.Add(new FailedAggregate(new DirtyKey(aggregate.Mapping.Entity, aggregate.Key), FailedAggregate.Mapping, e.Message));
            }
        }
    }

    private static TargetAggregate Map(SourceAggregate aggregate)
    {
        var mapping = aggregate.Mapping;
        if (mapping.MapAggregate(aggregate.Rows) is not { } state)
        {
            return new TargetAggregate(mapping, aggregate.Key, State: null, Hash: []);
        }

        RefuseDuplicates(mapping, state);
        return new TargetAggregate(mapping, aggregate.Key, state, mapping.TakesImages ? [] : StateHash.Of(mapping, state));
    }

    private static void RefuseDuplicates(AggregateMapping mapping, TargetRows state)
    {
        foreach (var table in mapping.Targets.Where(table => table.Kind == TargetKind.Owned))
        {
            var rows = state.RowsOf(table);
            if (rows.Count < 2)
            {
                continue;
            }

            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (var key in rows.Select(row => string.Join(", ", table.Keys.Select(column => column.Value(row)))))
            {
                if (!seen.Add(key))
                {
                    throw new MappingValueException($"the mapping gives {table.Name} two rows with the key ({key})");
                }
            }
        }
    }
}
