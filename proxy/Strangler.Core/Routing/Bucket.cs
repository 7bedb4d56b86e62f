using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Strangler.Core.Routing;

/// <summary>
/// The fixed place of a unit in the hash space of one capability, with the arithmetic of Microsoft.FeatureManagement 4.x
/// (TargetingEvaluator), so that any application with that library gets the same answer: the first four bytes, little-endian, of
/// SHA-256 over <c>unit + "\n" + seed</c>.
/// </summary>
public static class Bucket
{
    /// <summary>Longest unit, in characters, that has a bucket; a longer one is nobody's real session.</summary>
    public const int MaxUnitLength = 256;

    private const int MaxSeedLength = 64;
    private const int MaxBytesPerChar = 3;

    /// <summary>The unit's place, 0 to 2^32 - 1. Allocates nothing.</summary>
    /// <param name="unit">The unit, at most <see cref="MaxUnitLength"/> characters.</param>
    /// <param name="seed">The name of the capability, at most 64 characters.</param>
    /// <exception cref="ArgumentException">Either text is too long.</exception>
    public static uint Of(ReadOnlySpan<char> unit, ReadOnlySpan<char> seed)
    {
        if (unit.Length > MaxUnitLength) throw new ArgumentException($"longer than {MaxUnitLength} characters", nameof(unit));
        if (seed.Length > MaxSeedLength) throw new ArgumentException($"longer than {MaxSeedLength} characters", nameof(seed));
        Span<byte> text = stackalloc byte[((MaxUnitLength + MaxSeedLength) * MaxBytesPerChar) + 1];
        var length = Encoding.UTF8.GetBytes(unit, text);
        text[length++] = (byte)'\n';
        length += Encoding.UTF8.GetBytes(seed, text[length..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text[..length], hash);
        return BinaryPrimitives.ReadUInt32LittleEndian(hash);
    }

    /// <summary>The place as percent of the hash space, 0 to 100.</summary>
    public static double ToPercent(uint bucket) => bucket / (double)uint.MaxValue * 100;

    /// <summary>The first place that is not below <paramref name="share"/>: a unit is on the new side when its bucket is smaller.</summary>
    /// <param name="share">Percent, 0 to 100; 100 takes everyone.</param>
    /// <returns>0 to 2^32.</returns>
    public static ulong Edge(double share)
    {
        if (share >= 100) return (ulong)uint.MaxValue + 1;
        ulong low = 0;
        ulong high = uint.MaxValue;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (ToPercent((uint)middle) < share) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
