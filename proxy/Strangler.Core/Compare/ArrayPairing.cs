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
    IReadOnlyList<(int Legacy, int New)> Pairs,
    IReadOnlyList<int> Missing,
    IReadOnlyList<int> Extra,
    bool Reordered)
{
    /// <summary>Joins items by the hashes of their keys. Items with the same key are paired by occurrence.</summary>
    public static ArrayPairing ByKey(UInt128[] legacy, UInt128[] @new) => Join(legacy, @new, 0, legacy.Length, @new.Length);

    /// <summary>
    /// Pairs by position, once equal items at both ends are set aside, so that one item inserted in front is one extra item. What
    /// is left in the middle is a reordering if it holds the same items.
    /// </summary>
    public static ArrayPairing InSequence(UInt128[] legacy, UInt128[] @new)
    {
        var common = Math.Min(legacy.Length, @new.Length);
        var start = 0;
        while (start < common && legacy[start] == @new[start]) start++;
        var end = 0;
        while (end < common - start && legacy[^(end + 1)] == @new[^(end + 1)]) end++;

        var joined = Join(legacy, @new, start, legacy.Length - end, @new.Length - end);
        if (joined.Missing.Count == 0 && joined.Extra.Count == 0)
            return joined with { Pairs = [.. Range(0, 0, start), .. joined.Pairs, .. Range(legacy.Length - end, @new.Length - end, end)] };

        var paired = Math.Min(legacy.Length, @new.Length) - end;
        return new ArrayPairing(
            [.. Range(0, 0, paired), .. Range(legacy.Length - end, @new.Length - end, end)],
            [.. Enumerable.Range(paired, legacy.Length - end - paired)],
            [.. Enumerable.Range(paired, @new.Length - end - paired)],
            Reordered: false);
    }

    /// <summary>Pairs equal items wherever they stand; the rest is paired in order, for want of anything better.</summary>
    public static ArrayPairing AsMultiset(UInt128[] legacy, UInt128[] @new)
    {
        var joined = Join(legacy, @new, 0, legacy.Length, @new.Length);
        var paired = Math.Min(joined.Missing.Count, joined.Extra.Count);
        return new ArrayPairing(
            [.. joined.Pairs, .. joined.Missing.Take(paired).Zip(joined.Extra)],
            [.. joined.Missing.Skip(paired)],
            [.. joined.Extra.Skip(paired)],
            Reordered: false);
    }

    private static ArrayPairing Join(UInt128[] legacy, UInt128[] @new, int start, int legacyEnd, int newEnd)
    {
        // For each key the first free index of the new side, and from each index the next one with the same key.
        var firstFree = new Dictionary<UInt128, int>(newEnd - start);
        var next = new int[newEnd];
        for (var i = newEnd - 1; i >= start; i--)
        {
            ref var first = ref CollectionsMarshal.GetValueRefOrAddDefault(firstFree, @new[i], out var known);
            next[i] = known ? first : -1;
            first = i;
        }

        var pairs = new List<(int Legacy, int New)>(newEnd - start);
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

            pairs.Add((i, first));
            taken[first] = true;
            first = next[first];
        }

        var extra = new List<int>();
        for (var i = start; i < newEnd; i++)
            if (!taken[i]) extra.Add(i);
        return new ArrayPairing(pairs, missing, extra, IsReordered(pairs));
    }

    private static IEnumerable<(int Legacy, int New)> Range(int legacy, int @new, int count) =>
        Enumerable.Range(0, count).Select(offset => (legacy + offset, @new + offset));

    private static bool IsReordered(List<(int Legacy, int New)> pairs)
    {
        for (var i = 1; i < pairs.Count; i++)
            if (pairs[i].New < pairs[i - 1].New) return true;
        return false;
    }
}
