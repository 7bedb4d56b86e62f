using System.Numerics;

namespace Strangler.Core.Compare.Causes;

/// <summary>How often each bit was set.</summary>
internal sealed class BitCounts
{
    private readonly long[] _counts;

    public BitCounts(int bits, long[] initial)
    {
        _counts = new long[bits];
        initial.AsSpan(0, Math.Min(bits, initial.Length)).CopyTo(_counts);
    }

    /// <summary>The counts, without zeros at the end.</summary>
    public long[] All => [.. _counts.AsSpan().TrimEnd(0L)];

    public long this[int bit] => _counts[bit];

    /// <summary>The bit set most often; the lowest of several.</summary>
    public int Leader => Array.IndexOf(_counts, _counts.Max());

    public void Add(int bits)
    {
        for (; bits != 0; bits &= bits - 1) _counts[BitOperations.TrailingZeroCount(bits)]++;
    }

    public void Merge(BitCounts other)
    {
        for (var bit = 0; bit < _counts.Length; bit++) _counts[bit] += other._counts[bit];
    }
}
