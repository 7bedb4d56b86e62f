namespace Strangler.Proxy.Shadow.Triage;

/// <summary>
/// Groups by capability, a bounded number of each: when another one comes the rarest goes, and among the rarest the one not seen for longest,
/// so that a flood of one-off paths cannot push out what is frequent. One that somebody has judged goes only when all are. Not safe for threads.
/// </summary>
/// <param name="limit">Most groups of a capability.</param>
/// <param name="isJudged">Whether somebody has judged a fingerprint.</param>
internal sealed class GroupTable(int limit, Func<string, bool> isJudged)
{
    private readonly Dictionary<string, Dictionary<string, GroupRecord>> _capabilities = new(StringComparer.Ordinal);

    /// <summary>Groups that had to go.</summary>
    public long Evicted { get; private set; }

    /// <summary>Every group.</summary>
    public IEnumerable<GroupRecord> All => _capabilities.Values.SelectMany(groups => groups.Values);

    /// <summary>Adds the differences of one exchange; each group counts an exchange once, however often the difference occurs in it.</summary>
    public void Add(IEnumerable<(DifferenceRecord Record, string Fingerprint)> records)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (record, fingerprint) in records)
        {
            var group = Of(record, fingerprint);
            if (seen.Add(fingerprint)) group.Add(record);
            else group.Explain(record);
        }
    }

    /// <summary>Forgets what was not seen since.</summary>
    public void Forget(DateTimeOffset before)
    {
        foreach (var groups in _capabilities.Values)
        {
            foreach (var old in groups.Values.Where(group => group.LastSeen < before).ToList()) groups.Remove(old.Fingerprint);
        }
    }

    private GroupRecord Of(DifferenceRecord record, string fingerprint)
    {
        if (!_capabilities.TryGetValue(record.Capability, out var groups)) _capabilities[record.Capability] = groups = new(StringComparer.Ordinal);
        if (groups.TryGetValue(fingerprint, out var known)) return known;
        if (groups.Count >= limit) EvictRarest(groups);
        return groups[fingerprint] = GroupRecord.Of(record, fingerprint);
    }

    private void EvictRarest(Dictionary<string, GroupRecord> groups)
    {
        groups.Remove(groups.MinBy(pair => (isJudged(pair.Key), pair.Value.Total, pair.Value.LastSeen)).Key);
        Evicted++;
    }
}
