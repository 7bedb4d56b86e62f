using Strangler.Sync.Mapping;

namespace Strangler.Sync.Reconciling;

/// <summary>
/// The ranges of keys that this process has compared, and whether one of their aggregates has been written since. The engine tells it after
/// each commit; until it does, every range counts as changed. After a restart everything does.
/// </summary>
internal sealed class BucketMap
{
    private readonly Dictionary<string, BucketList> _entities;
    private volatile bool _fed;

    /// <summary>An empty map.</summary>
    public BucketMap(IEnumerable<AggregateMapping> mappings) =>
        _entities = mappings.ToDictionary(mapping => mapping.Entity, mapping => new BucketList(mapping.KeyType), StringComparer.Ordinal);

    /// <summary>Whether somebody tells of changes; without it nothing is known to be unchanged.</summary>
    public bool IsFed => _fed;

    /// <summary>From now on every write is told.</summary>
    public void Attach() => _fed = true;

    /// <summary>Aggregates have been written, or are about to be. Any thread; no I/O.</summary>
    public void MarkDirty(string entity, IEnumerable<string> keys)
    {
        if (_entities.TryGetValue(entity, out var list))
        {
            list.MarkDirty(keys);
        }
    }

    /// <summary>The ranges of a kind of aggregate.</summary>
    public BucketList Of(string entity) => _entities[entity];
}
