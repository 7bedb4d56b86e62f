using System.Runtime.InteropServices;

namespace Strangler.Core.Compare;

/// <summary>
/// Which item of the legacy array belongs to which item of the new one. Every way of pairing is a hash join or a scan: never an
/// n x m matrix, so that two arrays of 20,000 items cost what reading them costs.
/// </summary>
/// <param name="Pairs">Pairs of indices (legacy, new). All are compared, those of equal hash too, so that nothing rests on a hash alone.</param>
/// <param name="Missing">Legacy indices without a partner.</param>
/// <param name="Extra">New indices without a partner.</param>
/// <param name="Reordered">True if the paired items stand in another order.</param>
internal sealed record ArrayPairing(
    IReadOnlyList<ItemPair> Pairs,
    IReadOnlyList<int> Missing,
    IReadOnlyList<int> Extra,
    bool Reordered)
{
    /// <summary>True if items were joined by keys that are not unique.</summary>
    public bool DuplicateKeys { get; init; }

    /// <summary>True if a key could have told better which items belong together; items that only came or went leave no doubt.</summary>
    public bool IsUncertain => Reordered || (Missing.Count > 0 && Extra.Count > 0) || Pairs.Any(pair => pair.Guessed);

    /// <summary>Joins items by the hashes of their keys. Items with the same key are paired by occurrence.</summary>
    public static ArrayPairing ByKey(UInt128[] legacy, UInt128[] @new) =>
        Join(legacy, @new, 0, legacy.Length, @new.Length) with { DuplicateKeys = HasDuplicates(legacy) || HasDuplicates(@new) };

    /// <summary>
    /// Keeps the order: equal items at both ends are set aside, what is left is a reordering if it holds the same items, and else is
    /// aligned by its longest common subsequence. Only lists that are too far apart for that are paired by position.
    /// </summary>
    public static ArrayPairing InSequence(UInt128[] legacy, UInt128[] @new)
    {
        var start = legacy.AsSpan().CommonPrefixLength(@new);
        var common = Math.Min(legacy.Length, @new.Length) - start;
        var end = 0;
        while (end < common && legacy[^(end + 1)] == @new[^(end + 1)]) end++;

        var (legacyEnd, newEnd) = (legacy.Length - end, @new.Length - end);
        var middle = legacyEnd - start == 1 && newEnd - start == 1
            ? new ArrayPairing([new ItemPair(start, start)], [], [], Reordered: false)
            : Join(legacy, @new, start, legacyEnd, newEnd);
        if (start < legacyEnd && start < newEnd && middle.Missing.Count + middle.Extra.Count > 0) middle = SequenceAlignment.Align(legacy, @new, start, legacyEnd, newEnd);
        return start + end == 0 ? middle : middle with { Pairs = [.. Range(0, 0, start), .. middle.Pairs, .. Range(legacyEnd, newEnd, end)] };
    }

    /// <summary>Pairs equal items wherever they stand; the rest is paired in order, for want of anything better.</summary>
    public static ArrayPairing AsMultiset(UInt128[] legacy, UInt128[] @new)
    {
        var joined = Join(legacy, @new, 0, legacy.Length, @new.Length);
        var paired = Math.Min(joined.Missing.Count, joined.Extra.Count);
        var guessed = joined.Missing.Count > 1 || joined.Extra.Count > 1;
        return new ArrayPairing(
            [.. joined.Pairs, .. joined.Missing.Take(paired).Zip(joined.Extra, (left, right) => new ItemPair(left, right, guessed))],
            [.. joined.Missing.Skip(paired)],
            [.. joined.Extra.Skip(paired)],
            Reordered: false);
    }

    /// <summary>The same pairing where both arrays have so many items more in front.</summary>
    public ArrayPairing Shift(int count) => count == 0 ? this : this with
    {
        Pairs = [.. Pairs.Select(pair => new ItemPair(pair.Legacy + count, pair.New + count, pair.Guessed))],
        Missing = [.. Missing.Select(index => index + count)],
        Extra = [.. Extra.Select(index => index + count)],
    };

    /// <summary>True if a key occurs twice.</summary>
    public static bool HasDuplicates(UInt128[] keys) => keys.Length > 1 && new HashSet<UInt128>(keys).Count < keys.Length;

    private static ArrayPairing Join(UInt128[] legacy, UInt128[] @new, int start, int legacyEnd, int newEnd)
    {
        if (start == legacyEnd || start == newEnd)
            return new ArrayPairing([], [.. Enumerable.Range(start, legacyEnd - start)], [.. Enumerable.Range(start, newEnd - start)], Reordered: false);

        // For each key the first free index of the new side, and from each index the next one with the same key.
        var firstFree = new Dictionary<UInt128, int>(newEnd - start);
        var next = new int[newEnd];
        for (var i = newEnd - 1; i >= start; i--)
        {
            ref var first = ref CollectionsMarshal.GetValueRefOrAddDefault(firstFree, @new[i], out var known);
            next[i] = known ? first : -1;
            first = i;
        }

        var pairs = new List<ItemPair>(newEnd - start);
        var missing = new List<int>();
        var taken = new bool[newEnd];
        for (var i = start; i < legacyEnd; i++)
        {
            ref var first = ref CollectionsMarshal.GetValueRefOrNullRef(firstFree, legacy[i]);
            if (System.Runtime.CompilerServices.Unsafe.IsNullRef(ref first) || first < 0)
            {
                missing.Add(i);
                continue;
            }

            pairs.Add(new ItemPair(i, first));
            taken[first] = true;
            first = next[first];
        }

        var extra = new List<int>();
        for (var i = start; i < newEnd; i++)
            if (!taken[i]) extra.Add(i);
        return new ArrayPairing(pairs, missing, extra, IsReordered(pairs));
    }

    private static IEnumerable<ItemPair> Range(int legacy, int @new, int count) =>
        Enumerable.Range(0, count).Select(offset => new ItemPair(legacy + offset, @new + offset));

    private static bool IsReordered(List<ItemPair> pairs)
    {
        for (var i = 1; i < pairs.Count; i++)
            if (pairs[i].New < pairs[i - 1].New) return true;
        return false;
    }
}
