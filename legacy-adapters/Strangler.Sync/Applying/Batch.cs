using Strangler.Sync.Reading;

namespace Strangler.Sync.Applying;

/// <summary>What goes into one target transaction: source transactions that were waiting, and perhaps a page of a fill.</summary>
internal sealed class Batch
{
    private readonly HashSet<DirtyKey> keys = [];
    private readonly List<uint> transactions = [];
    private readonly Dictionary<string, FillProgress> fills = new(StringComparer.Ordinal);

    /// <summary>The aggregates to read again.</summary>
    public IReadOnlyCollection<DirtyKey> Keys => keys;

    /// <summary>The transactions that a snapshot must see.</summary>
    public IReadOnlyList<uint> Transactions => transactions;

    /// <summary>The fills that go on, or begin anew.</summary>
    public IReadOnlyCollection<FillProgress> Fills => fills.Values;

    /// <summary>The end of the last transaction; null when there is none.</summary>
    public Lsn? End { get; private set; }

    /// <summary>Whether there is nothing to do.</summary>
    public bool IsEmpty => transactions.Count == 0 && fills.Count == 0;

    /// <summary>Adds a transaction.</summary>
    /// <param name="transaction">It must have ended after those added before.</param>
    /// <param name="refill">Begins the fill of a kind of aggregate anew, as one of its tables was truncated.</param>
    public void Add(SourceTransaction transaction, Func<string, FillProgress> refill)
    {
        transactions.Add(transaction.Xid);
        keys.UnionWith(transaction.Dirty);
        End = transaction.End;
        foreach (var entity in transaction.Truncated)
        {
            fills[entity] = refill(entity);
        }
    }

    /// <summary>Adds a page of a fill.</summary>
    public void Add(FillProgress progress, IEnumerable<string> page)
    {
        fills[progress.Entity] = progress;
        keys.UnionWith(page.Select(key => new DirtyKey(progress.Entity, key)));
    }
}
