namespace Strangler.Core.Compare;

/// <summary>The items outside a common subsequence that stand elsewhere on the other side.</summary>
internal sealed class MovedItems
{
    private readonly HashSet<int> _legacy = [];
    private readonly HashSet<int> _new = [];

    public MovedItems(UInt128[] legacy, UInt128[] @new, List<(int Left, int Right)> matches, int start, int legacyEnd, int newEnd)
    {
        var left = Rest(start, legacyEnd, matches.ConvertAll(match => start + match.Left));
        var right = Rest(start, newEnd, matches.ConvertAll(match => start + match.Right));
        var joined = ArrayPairing.ByKey([.. left.Select(index => legacy[index])], [.. right.Select(index => @new[index])]);
        foreach (var pair in joined.Pairs)
        {
            Pairs.Add(new ItemPair(left[pair.Legacy], right[pair.New]));
            _legacy.Add(left[pair.Legacy]);
            _new.Add(right[pair.New]);
        }
    }

    /// <summary>Equal items at different places.</summary>
    public List<ItemPair> Pairs { get; } = [];

    /// <summary>Legacy items of a gap that did not just move.</summary>
    public List<int> Changed(int from, int to) => Others(from, to, _legacy);

    /// <summary>New items of a gap that did not just move.</summary>
    public List<int> Appeared(int from, int to) => Others(from, to, _new);

    private static List<int> Others(int from, int to, HashSet<int> moved)
    {
        var others = new List<int>();
        for (var index = from; index < to; index++)
            if (!moved.Contains(index)) others.Add(index);
        return others;
    }

    private static List<int> Rest(int start, int end, List<int> matched)
    {
        var rest = new List<int>();
        var next = 0;
        for (var index = start; index < end; index++)
        {
            if (next < matched.Count && matched[next] == index) next++;
            else rest.Add(index);
        }

        return rest;
    }
}
