namespace Strangler.Core.Compare;

/// <summary>
/// The longest common subsequence of two lists by Myers' O(ND) algorithm, given up after <see cref="MaxEdits"/> edits: the cost is
/// bounded by the length times the edits, and the memory by the square of the edits, whatever the lists hold.
/// </summary>
internal sealed class EditScript
{
    /// <summary>Most insertions and deletions together.</summary>
    public const int MaxEdits = 256;

    private readonly List<int[]> _reached = [];

    /// <summary>Comparisons made so far, for those who doubt the bound.</summary>
    public long Steps { get; private set; }

    /// <summary>Pairs of equal items, in order; null if the lists are further apart than the limit.</summary>
    public List<(int Left, int Right)>? Match(ReadOnlySpan<UInt128> left, ReadOnlySpan<UInt128> right)
    {
        // Both directions see the lists in one order, so that whoever swaps the sides gets the same pairs.
        if (IsAfter(left, right)) return Find(right, left)?.ConvertAll(pair => (pair.Right, pair.Left));
        return Find(left, right);
    }

    private List<(int Left, int Right)>? Find(ReadOnlySpan<UInt128> left, ReadOnlySpan<UInt128> right)
    {
        // For each diagonal k = x - y the furthest x that was reached; diagonal k stands at k + edits + 1.
        var previous = new int[3];
        for (var edits = 0; edits <= MaxEdits; edits++)
        {
            var current = new int[(2 * edits) + 3];
            for (var k = -edits; k <= edits; k += 2)
            {
                var x = edits == 0 ? 0 : Start(previous, k, edits);
                while (x < left.Length && x - k < right.Length && IsSame(left[x], right[x - k])) x++;
                current[k + edits + 1] = x;
                if (x < left.Length || x - k < right.Length) continue;
                _reached.Add(current);
                return Trace(left.Length, right.Length);
            }

            _reached.Add(current);
            previous = current;
        }

        return null;
    }

    // Down from diagonal k + 1 (an item of the right list) or across from k - 1 (an item of the left one), whichever is further.
    private static int Start(int[] previous, int k, int edits)
    {
        var goesDown = k == -edits || (k != edits && previous[k - 1 + edits] < previous[k + 1 + edits]);
        return goesDown ? previous[k + 1 + edits] : previous[k - 1 + edits] + 1;
    }

    private List<(int Left, int Right)> Trace(int x, int y)
    {
        var pairs = new List<(int Left, int Right)>();
        for (var edits = _reached.Count - 1; edits > 0; edits--)
        {
            var previous = _reached[edits - 1];
            var k = x - y;
            var goesDown = k == -edits || (k != edits && previous[k - 1 + edits] < previous[k + 1 + edits]);
            var start = Start(previous, k, edits);
            while (x > start) pairs.Add((--x, --y));
            if (goesDown) y--;
            else x--;
        }

        while (x > 0) pairs.Add((--x, --y));
        pairs.Reverse();
        return pairs;
    }

    private bool IsSame(UInt128 left, UInt128 right)
    {
        Steps++;
        return left == right;
    }

    private static bool IsAfter(ReadOnlySpan<UInt128> left, ReadOnlySpan<UInt128> right) =>
        left.Length != right.Length ? left.Length > right.Length : left.SequenceCompareTo(right) > 0;
}
