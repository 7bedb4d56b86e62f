namespace Strangler.Core.Compare.Causes;

/// <summary>
/// The explanations of one family that have been met, a bounded number: a new one takes the place of the rarest, and starts at one,
/// so that a count is never more than the truth.
/// </summary>
internal sealed class Candidates(IEnumerable<Candidate> initial)
{
    private const int Limit = 8;

    private readonly List<Candidate> _list = [.. initial.Take(Limit)];

    public IReadOnlyList<Candidate> All => _list;

    /// <summary>The one met most often; null when there is none.</summary>
    public Candidate? Leader => _list.MaxBy(candidate => candidate.Count);

    public void Add(string key, ulong legacy, string? text = null)
    {
        var at = Find(key);
        if (at >= 0) _list[at] = _list[at].Seen(legacy, text);
        else Admit(new Candidate(key, 1, legacy, Varied: false, Text: null));
    }

    public void Merge(Candidates other)
    {
        foreach (var candidate in other._list)
        {
            var at = Find(candidate.Key);
            if (at >= 0) _list[at] = _list[at].Joined(candidate);
            else Admit(candidate);
        }
    }

    private int Find(string key) => _list.FindIndex(candidate => string.Equals(candidate.Key, key, StringComparison.Ordinal));

    private void Admit(Candidate candidate)
    {
        if (_list.Count < Limit)
        {
            _list.Add(candidate);
            return;
        }

        var rarest = _list.MinBy(one => one.Count)!;
        if (rarest.Count <= candidate.Count) _list[_list.IndexOf(rarest)] = candidate;
    }
}
