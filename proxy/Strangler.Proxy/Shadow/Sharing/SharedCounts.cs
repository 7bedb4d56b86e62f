namespace Strangler.Proxy.Shadow.Sharing;

/// <summary>
/// Additive counters that all edges share, each a short row of integers under a key such as <c>catalog/GET /x/$.price/number</c>. Adding
/// never waits: it goes to memory, and <see cref="SharedFlush"/> brings it to the store. Without a store they are those of this edge.
/// </summary>
internal sealed class SharedCounts
{
    /// <summary>Most keys that are kept; what comes beyond it is counted in <see cref="Dropped"/> and nowhere else.</summary>
    public const int MaxKeys = 20_000;

    /// <summary>Longest key in characters; a longer one is cut.</summary>
    public const int MaxKey = 500;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, long[]> _stored = new(StringComparer.Ordinal);
    private Dictionary<string, long[]> _pending = new(StringComparer.Ordinal);
    private Dictionary<string, long[]> _underWay = new(StringComparer.Ordinal);
    private long _dropped;

    /// <summary>Adds that found no room.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Adds to the counts of a key, place by place; a key that is new starts at zero.</summary>
    /// <param name="key">What is counted. It is stored as it is, so nothing personal may stand in it.</param>
    /// <param name="deltas">What comes on top.</param>
    public void Add(string key, params ReadOnlySpan<long> deltas)
    {
        if (key.Length > MaxKey) key = key[..MaxKey];
        lock (_lock)
        {
            if (_pending.TryGetValue(key, out var counts))
            {
                _pending[key] = Sum(counts, deltas);
            }
            else if (_pending.Count + _stored.Count < MaxKeys || _stored.ContainsKey(key))
            {
                _pending[key] = deltas.ToArray();
            }
            else
            {
                _dropped++;
            }
        }
    }

    /// <summary>The counts of all keys that begin with a text, those that are not stored yet included.</summary>
    /// <param name="prefix">The beginning; empty for all.</param>
    public IReadOnlyDictionary<string, long[]> Read(string prefix)
    {
        var read = new Dictionary<string, long[]>(StringComparer.Ordinal);
        lock (_lock)
        {
            foreach (var part in new[] { _stored, _underWay, _pending })
            {
                foreach (var (key, counts) in part)
                {
                    if (!key.StartsWith(prefix, StringComparison.Ordinal)) continue;
                    read[key] = read.TryGetValue(key, out var before) ? Sum(before, counts) : [.. counts];
                }
            }
        }

        return read;
    }

    /// <summary>Takes what has come since the last time, to be stored.</summary>
    internal IReadOnlyDictionary<string, long[]> Take()
    {
        lock (_lock)
        {
            (_underWay, _pending) = (_pending, new Dictionary<string, long[]>(StringComparer.Ordinal));
            return _underWay;
        }
    }

    /// <summary>Puts in place what the store has now; what was taken is part of it.</summary>
    internal void Stored(IEnumerable<KeyValuePair<string, long[]>> counts)
    {
        lock (_lock)
        {
            _underWay = new Dictionary<string, long[]>(StringComparer.Ordinal);
            foreach (var (key, value) in counts) _stored[key] = value;
        }
    }

    private static long[] Sum(long[] counts, ReadOnlySpan<long> deltas)
    {
        var sum = new long[Math.Max(counts.Length, deltas.Length)];
        for (var i = 0; i < sum.Length; i++) sum[i] = (i < counts.Length ? counts[i] : 0) + (i < deltas.Length ? deltas[i] : 0);
        return sum;
    }
}
