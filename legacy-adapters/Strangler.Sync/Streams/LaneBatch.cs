using Strangler.Sync.Mapping;
using Strangler.Sync.Reading;

namespace Strangler.Sync.Streams;

/// <summary>What goes into one target transaction of a lane: slices that were waiting, and perhaps aggregates that come from elsewhere.</summary>
internal sealed class LaneBatch
{
    private readonly Dictionary<DirtyKey, SourceRows?> _changes = [];
    private readonly HashSet<DirtyKey> _deferred = [];
    private readonly List<uint> _transactions = [];

    /// <summary>Puts a batch together.</summary>
    /// <param name="slices">The slices; a later change of an aggregate takes the place of an earlier one.</param>
    /// <param name="work">Aggregates from elsewhere, which are read again whatever the log says; null for none.</param>
    /// <param name="rereadUntil">Rows of the log up to here may be older than what the target has.</param>
    /// <param name="pauses">Kinds that stand still.</param>
    public LaneBatch(IReadOnlyList<Slice> slices, KeyWork? work, Lsn rereadUntil, EntityPauses pauses)
    {
        foreach (var slice in slices)
        {
            if (_transactions.Count == 0 || _transactions[^1] != slice.Xid)
            {
                _transactions.Add(slice.Xid);
            }

            foreach (var (key, rows) in slice.Changes)
            {
                _changes[key] = slice.End <= rereadUntil ? null : rows;
            }
        }

        foreach (var key in work?.Keys.Keys ?? [])
        {
            _changes[key] = null;
        }

        if (!pauses.IsEmpty)
        {
            _deferred.UnionWith(_changes.Keys.Where(key => pauses.Contains(key.Entity)));
            foreach (var key in _deferred)
            {
                _changes.Remove(key);
            }
        }

        Keys = _changes.Keys;
        ToRead = [.. _changes.Where(change => change.Value is null).Select(change => change.Key)];
    }

    /// <summary>The aggregates to write.</summary>
    public IReadOnlyCollection<DirtyKey> Keys { get; }

    /// <summary>Those that are read again.</summary>
    public IReadOnlyList<DirtyKey> ToRead { get; }

    /// <summary>Those whose kind stands still.</summary>
    public IReadOnlyCollection<DirtyKey> Deferred => _deferred;

    /// <summary>The transactions that a snapshot must show.</summary>
    public IReadOnlyList<uint> Transactions => _transactions;

    /// <summary>The rows that the log had.</summary>
    /// <param name="mappingOf">Finds the mapping of an entity.</param>
    public IEnumerable<SourceAggregate> Images(Func<string, AggregateMapping> mappingOf) => _changes
        .Where(change => change.Value is not null)
        .Select(change => new SourceAggregate(mappingOf(change.Key.Entity), change.Key.Key, change.Value!));
}
