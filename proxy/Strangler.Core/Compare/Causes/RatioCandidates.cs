namespace Strangler.Core.Compare.Causes;

/// <summary>The factors that have been met, a bounded number.</summary>
internal sealed class RatioCandidates(IEnumerable<RatioCandidate> initial)
{
    private const int Limit = 8;

    private readonly List<RatioCandidate> _list = [.. initial.Take(Limit)];

    public IReadOnlyList<RatioCandidate> All => _list;

    /// <summary>The most frequent one whose factor is certain; null when there is none.</summary>
    public RatioCandidate? Leader => _list.Where(candidate => candidate.Factor is not null).MaxBy(candidate => candidate.Count);

    public void Add(AmountChange change, ulong legacy)
    {
        if (change is { Low: { } low, High: { } high }) Add(new RatioCandidate(low, high, 1, change.Ratio, legacy, Varied: false));
    }

    public void Merge(RatioCandidates other)
    {
        foreach (var candidate in other._list) Add(candidate);
    }

    private void Add(RatioCandidate candidate)
    {
        // An exact match first: wide bounds of a small number meet almost everything.
        var at = candidate.Exact is null ? -1 : _list.FindIndex(one => one.Exact == candidate.Exact);
        if (at < 0) at = _list.FindIndex(one => one.Meets(candidate));
        if (at >= 0) _list[at] = _list[at].Joined(candidate);
        else if (_list.Count < Limit) _list.Add(candidate);
        else if (_list.MinBy(one => one.Count) is { } rarest && rarest.Count <= candidate.Count) _list[_list.IndexOf(rarest)] = candidate;
        _list.Sort((left, right) => right.Count.CompareTo(left.Count));
    }
}
