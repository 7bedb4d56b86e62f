using Strangler.Core.Compare;

namespace Strangler.Proxy.Shadow.Triage;

/// <summary>
/// The groups of differences that this edge has seen: all of them, and apart from them what the store that edges share does not have yet.
/// Both are bounded per capability by <see cref="ShadowOptions.GroupLimit"/>.
/// </summary>
internal sealed class DifferenceGroups
{
    private readonly Lock _lock = new();
    private readonly ShadowOptions _options;
    private readonly Judgements _judgements;
    private readonly TimeProvider _time;
    private readonly bool _isShared;
    private readonly GroupTable _all;
    private GroupTable _pending;

    /// <summary>An empty set of groups.</summary>
    /// <param name="options">The bounds.</param>
    /// <param name="judgements">What was judged is the last to go.</param>
    /// <param name="time">The clock that says what is too old.</param>
    /// <param name="isShared">Whether there is a store to bring them to.</param>
    public DifferenceGroups(ShadowOptions options, Judgements judgements, TimeProvider time, bool isShared)
    {
        (_options, _judgements, _time, _isShared) = (options, judgements, time, isShared);
        (_all, _pending) = (Table(), Table());
    }

    /// <summary>Groups that had to go since the edge has started.</summary>
    public long Evicted
    {
        get
        {
            lock (_lock)
            {
                return _all.Evicted;
            }
        }
    }

    /// <summary>Adds the differences of one exchange; each group counts an exchange once, however often the difference occurs in it.</summary>
    /// <returns>The fingerprint of each.</returns>
    public IReadOnlyList<string> Add(IEnumerable<DifferenceRecord> records)
    {
        var named = records.Select(r => (Record: r, Name: Fingerprint.Of(r.Operation, r.LegacyStatus, r.NewStatus, r.Difference))).ToList();
        lock (_lock)
        {
            _all.Add(named);
            if (_isShared) _pending.Add(named);
        }

        return [.. named.Select(each => each.Name)];
    }

    /// <summary>What this edge has seen since it has started.</summary>
    /// <param name="capability">Name of a capability; null for all.</param>
    public IReadOnlyList<GroupRecord> Own(string? capability)
    {
        lock (_lock)
        {
            _all.Forget(_time.GetUtcNow() - _options.Retention);
            return Copies(_all, capability);
        }
    }

    /// <summary>Whether somebody has judged a fingerprint.</summary>
    public bool IsJudged(string fingerprint) => _judgements.Has(fingerprint);

    /// <summary>Takes what has come since the last time, to be stored.</summary>
    public IReadOnlyList<GroupRecord> Take()
    {
        lock (_lock)
        {
            var taken = _pending;
            _pending = Table();
            return Copies(taken, null);
        }
    }

    private GroupTable Table() => new(_options.GroupLimit, _judgements.Has);

    // By way of the text: whoever has a copy may merge it, while the original goes on counting.
    private static List<GroupRecord> Copies(GroupTable table, string? capability) => [.. table.All
        .Where(group => capability is null || string.Equals(group.Capability, capability, StringComparison.Ordinal))
        .Select(group => GroupDocument.TryRead(GroupDocument.Write(group))!)];
}
