namespace Strangler.Core.Compare.Causes;

/// <summary>
/// Whether each legacy value always becomes the same new value, and no two the same: an enumeration that was renamed. Only a few
/// values can be one.
/// </summary>
internal sealed class ValueMap(IEnumerable<MappedPair> initial, bool isTooLarge)
{
    private const int Limit = 32;

    private readonly List<MappedPair> _pairs = [.. initial.Take(Limit)];

    public IReadOnlyList<MappedPair> Pairs => _pairs;

    /// <summary>True if there were more values than an enumeration has.</summary>
    public bool IsTooLarge { get; private set; } = isTooLarge;

    /// <summary>Differences that follow the map.</summary>
    public long Count => _pairs.Sum(pair => pair.Count);

    /// <summary>True if each value was met again, twice on average: otherwise any list of pairs would be a map.</summary>
    public bool IsProven => !IsTooLarge && Count >= Math.Max(Candidate.MinCount, 2 * _pairs.Count);

    public void Add(MappedPair pair)
    {
        var at = _pairs.FindIndex(known => known.Legacy == pair.Legacy);
        if (at >= 0)
        {
            if (_pairs[at].New == pair.New) _pairs[at] = _pairs[at] with { Count = _pairs[at].Count + pair.Count };
            return;
        }

        if (_pairs.Exists(known => known.New == pair.New)) return;
        if (_pairs.Count < Limit) _pairs.Add(pair);
        else IsTooLarge = true;
    }

    public void Merge(ValueMap other)
    {
        IsTooLarge |= other.IsTooLarge;
        foreach (var pair in other._pairs) Add(pair);
    }
}
