namespace Strangler.Core.Compare;

/// <summary>
/// Aligns what is left of two arrays: equal items by their longest common subsequence, items that only moved by their hash, and what
/// was changed in place by its place between them.
/// </summary>
internal static class SequenceAlignment
{
    public static ArrayPairing Align(UInt128[] legacy, UInt128[] @new, int start, int legacyEnd, int newEnd)
    {
        var matches = new EditScript().Match(legacy.AsSpan(start..legacyEnd), @new.AsSpan(start..newEnd));
        if (matches is null) return ByPosition(start, legacyEnd, newEnd);

        var alignment = new Builder();
        var moved = new MovedItems(legacy, @new, matches, start, legacyEnd, newEnd);
        var (left, right) = (start, start);
        foreach (var match in matches)
        {
            alignment.AddGap(moved.Changed(left, start + match.Left), moved.Appeared(right, start + match.Right));
            alignment.Pairs.Add(new ItemPair(start + match.Left, start + match.Right));
            (left, right) = (start + match.Left + 1, start + match.Right + 1);
        }

        alignment.AddGap(moved.Changed(left, legacyEnd), moved.Appeared(right, newEnd));
        alignment.Pairs.AddRange(moved.Pairs);
        return new ArrayPairing(alignment.Pairs, alignment.Missing, alignment.Extra, moved.Pairs.Count > 0);
    }

    private static ArrayPairing ByPosition(int start, int legacyEnd, int newEnd)
    {
        var paired = Math.Min(legacyEnd, newEnd);
        return new ArrayPairing(
            [.. Enumerable.Range(start, paired - start).Select(index => new ItemPair(index, index, Guessed: true))],
            [.. Enumerable.Range(paired, legacyEnd - paired)],
            [.. Enumerable.Range(paired, newEnd - paired)],
            Reordered: false);
    }

    private sealed class Builder
    {
        public List<ItemPair> Pairs { get; } = [];

        public List<int> Missing { get; } = [];

        public List<int> Extra { get; } = [];

        // As many items on both sides were changed in place; otherwise which became which is a guess.
        public void AddGap(List<int> changed, List<int> appeared)
        {
            var paired = Math.Min(changed.Count, appeared.Count);
            for (var i = 0; i < paired; i++) Pairs.Add(new ItemPair(changed[i], appeared[i], changed.Count != appeared.Count));
            Missing.AddRange(changed.Skip(paired));
            Extra.AddRange(appeared.Skip(paired));
        }
    }
}
