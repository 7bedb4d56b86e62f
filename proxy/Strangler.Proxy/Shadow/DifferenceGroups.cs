using Strangler.Core.Admin;
using Strangler.Core.Compare;

namespace Strangler.Proxy.Shadow;

/// <summary>
/// The groups of differences, by capability. Each capability has at most <see cref="ShadowOptions.GroupLimit"/>: when another one comes,
/// the rarest goes, and among the rarest the one not seen for longest, so that a flood of one-off paths cannot push out what is frequent.
/// </summary>
internal sealed class DifferenceGroups(ShadowOptions options)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Dictionary<string, RecordedGroup>> _capabilities = new(StringComparer.Ordinal);
    private long _evicted;

    /// <summary>Groups that had to go since the edge has started.</summary>
    public long Evicted => Interlocked.Read(ref _evicted);

    /// <summary>Adds the differences of one exchange; each group counts an exchange once, however often the difference occurs in it.</summary>
    public void Add(IEnumerable<DifferenceRecord> records)
    {
        lock (_lock)
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (var record in records)
            {
                var fingerprint = Fingerprint.Of(record.Operation, record.LegacyStatus, record.NewStatus, record.Difference);
                if (seen.Add(fingerprint)) GroupOf(record, fingerprint).Add(record);
            }
        }
    }

    /// <summary>The groups, most frequent first.</summary>
    /// <param name="capability">Name of a capability; null for all.</param>
    /// <param name="limit">The most groups to return.</param>
    public IReadOnlyList<DifferenceGroup> List(string? capability, int limit)
    {
        lock (_lock)
        {
            return [.. _capabilities
                .Where(pair => capability is null || string.Equals(pair.Key, capability, StringComparison.Ordinal))
                .SelectMany(pair => pair.Value.Values)
                .Select(group => group.ToGroup())
                .OrderByDescending(group => group.Count)
                .ThenByDescending(group => group.LastSeen)
                .Take(limit)];
        }
    }

    private RecordedGroup GroupOf(DifferenceRecord record, string fingerprint)
    {
        if (!_capabilities.TryGetValue(record.Capability, out var groups))
            _capabilities[record.Capability] = groups = new(StringComparer.Ordinal);
        if (groups.TryGetValue(fingerprint, out var known)) return known;
        if (groups.Count >= options.GroupLimit) EvictRarest(groups);
        return groups[fingerprint] = new RecordedGroup(fingerprint, record.At);
    }

    private void EvictRarest(Dictionary<string, RecordedGroup> groups)
    {
        var rarest = groups.MinBy(pair => (pair.Value.Total, pair.Value.LastSeen)).Key;
        groups.Remove(rarest);
        Interlocked.Increment(ref _evicted);
    }
}
