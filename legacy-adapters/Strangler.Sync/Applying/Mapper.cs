using Strangler.Sync.Mapping;
using Strangler.Sync.Reading;

namespace Strangler.Sync.Applying;

/// <summary>Maps aggregates and names the one that fails.</summary>
internal static class Mapper
{
    /// <summary>The aggregate as the target shall have it.</summary>
    /// <exception cref="MappingFailedException">It cannot be mapped.</exception>
    public static TargetAggregate Map(SourceAggregate aggregate)
    {
        var mapping = aggregate.Mapping;
        TargetRows? state;
        try
        {
            state = mapping.MapAggregate(aggregate.Rows);
        }
        catch (Exception e)
        {
            throw new MappingFailedException(mapping.Entity, aggregate.Key, e.Message, e);
        }

        if (state is null)
        {
            return new TargetAggregate(mapping, aggregate.Key, State: null, Hash: []);
        }

        RefuseDuplicates(aggregate, state);
        return new TargetAggregate(mapping, aggregate.Key, state, StateHash.Of(mapping, state));
    }

    private static void RefuseDuplicates(SourceAggregate aggregate, TargetRows state)
    {
        foreach (var table in aggregate.Mapping.Targets.Where(table => table.Kind == TargetKind.Owned))
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (var key in state.RowsOf(table).Select(row => string.Join(", ", table.Keys.Select(column => column.Value(row)))))
            {
                if (!seen.Add(key))
                {
                    throw new MappingFailedException(
                        aggregate.Mapping.Entity, aggregate.Key, $"the mapping gives {table.Name} two rows with the key ({key})");
                }
            }
        }
    }
}
