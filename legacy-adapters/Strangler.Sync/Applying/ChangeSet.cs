using Strangler.Sync.Reading;

namespace Strangler.Sync.Applying;

/// <summary>What of some aggregates has to be written.</summary>
/// <param name="Changed">To be inserted or updated.</param>
/// <param name="Gone">Not to exist.</param>
/// <param name="Equal">How many the target has already.</param>
/// <param name="Count">How many are written or deleted.</param>
internal sealed record ChangeSet(IReadOnlyList<TargetAggregate> Changed, IReadOnlyList<TargetAggregate> Gone, int Equal, int Count)
{
    /// <summary>Works it out.</summary>
    /// <param name="aggregates">The aggregates as they shall be.</param>
    /// <param name="applied">The hashes of those that have been applied.</param>
    public static ChangeSet Of(IReadOnlyList<TargetAggregate> aggregates, IReadOnlyDictionary<DirtyKey, byte[]> applied)
    {
        var changed = new List<TargetAggregate>(aggregates.Count);
        var gone = new List<TargetAggregate>();
        var equal = 0;
        foreach (var aggregate in aggregates)
        {
            var known = applied.TryGetValue(aggregate.Id, out var hash);
            if (aggregate.State is null)
            {
                gone.Add(aggregate);
                equal += known || aggregate.Mapping.TakesImages ? 0 : 1;
            }
            else if (known && hash.AsSpan().SequenceEqual(aggregate.Hash))
            {
                equal++;
            }
            else
            {
                changed.Add(aggregate);
            }
        }

        return new ChangeSet(changed, gone, equal, aggregates.Count - equal);
    }
}
