using System.Text;

namespace Strangler.Core.Compare.Content;

/// <summary>Compares two texts line by line; <c>$[*]</c> is a line.</summary>
internal static class LineComparer
{
    /// <summary>Compares two texts of different bytes; false if one has more lines than are read.</summary>
    public static bool TryCompare(string legacy, string @new, int maxLines, TextNodes texts, DifferenceSink sink)
    {
        var (left, right) = (Lines(legacy), Lines(@new));
        if (left.Length > maxLines || right.Length > maxLines) return false;
        if (left.AsSpan().SequenceEqual(right))
        {
            // Only the ends of the lines, or the bytes behind the letters, differ.
            sink.Report(DifferenceKind.Whitespace, legacy, @new);
            return true;
        }

        var pairing = ArrayPairing.InSequence(Array.ConvertAll(left, Hash), Array.ConvertAll(right, Hash));
        if (pairing.Reordered) sink.Report(DifferenceKind.Order, legacy, @new);
        foreach (var pair in pairing.Pairs) At(pair.Legacy, pair.Guessed, left[pair.Legacy], right[pair.New]);
        foreach (var line in pairing.Missing) At(line, guessed: false, left[line], null);
        foreach (var line in pairing.Extra) At(line, guessed: false, null, right[line]);
        return true;

        void At(int line, bool guessed, string? one, string? other)
        {
            if (string.Equals(one, other, StringComparison.Ordinal)) return;
            sink.Enter(PathSegment.Item(line, guessed));
            texts.Compare(DifferenceKind.Text, one, other);
            sink.Leave();
        }
    }

    private static string[] Lines(string text) => text.ReplaceLineEndings("\n").Split('\n');

    private static UInt128 Hash(string line) => ValueHash.Of(Encoding.UTF8.GetBytes(line), (byte)'t');
}
