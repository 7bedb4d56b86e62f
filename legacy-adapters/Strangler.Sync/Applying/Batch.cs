using Strangler.Sync.Reading;

namespace Strangler.Sync.Applying;

/// <summary>What goes into one target transaction: source transactions that were waiting, and perhaps a page of a fill.</summary>
internal sealed class Batch
{
    private readonly HashSet<DirtyKey> _keys = [];
    private readonly List<uint> _transactions = [];
    private readonly Dictionary<string, FillProgress> _fills = new(StringComparer.Ordinal);

    /// <summary>The aggregates to read again.</summary>
    public IReadOnlyCollection<DirtyKey> Keys => _keys;

    /// <summary>The transactions that a snapshot must see.</summary>
    public IReadOnlyList<uint> Transactions => _transactions;

    /// <summary>The fills that go on, or begin anew.</summary>
    public IReadOnlyCollection<FillProgress> Fills => _fills.Values;

    /// <summary>The end of the last transaction; null when there is none.</summary>
    public Lsn? End { get; private set; }

    /// <summary>Whether there is nothing to do.</summary>
    public bool IsEmpty => _transactions.Count == 0 && _fills.Count == 0;

    /// <summary>Adds a transaction.</summary>
    /// <param name="transaction">It must have ended after those added before.</param>
    /// <param name="refill">Begins the fill of a kind of aggregate anew, as one of its tables was truncated.</param>
    public void Add(SourceTransaction transaction, Func<string, FillProgress> refill)
    {
        _transactions.Add(transaction.Xid);
        _keys.UnionWith(transaction.Dirty);
        End = transaction.End;
        foreach (var entity in transaction.Truncated)
        {
            _fills[entity] = refill(entity);
        }
    }

    /// <summary>Adds a page of a fill.</summary>
    public void Add(FillProgress progress, IEnumerable<string> page)
    {
        _fills[progress.Entity] = progress;
        _keys.UnionWith(page.Select(key => new DirtyKey(progress.Entity, key)));
    }
}
