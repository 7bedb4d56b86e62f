using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Strangler.Sync.Mapping;

namespace Strangler.Sync.Reconciling;

/// <summary>A set of keys as a number and a sum of hashes, whatever their order.</summary>
/// <param name="Count">How many keys.</param>
/// <param name="Sum">The sum of their hashes.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct KeySum(long Count, UInt128 Sum)
{
    private const ulong Odd = 0x9E37_79B9_7F4A_7C15;

    /// <summary>Both sets together.</summary>
    public static KeySum operator +(KeySum left, KeySum right) => new(left.Count + right.Count, left.Sum + right.Sum);

    /// <summary>With one more key.</summary>
    public KeySum With(ulong hash) => new(Count + 1, Sum + hash);

    /// <summary>The hash of a key of the target.</summary>
    public static ulong Hash(object key)
    {
        switch (key)
        {
            case Guid guid:
                Span<byte> bytes = stackalloc byte[16];
                guid.TryWriteBytes(bytes);
                return Mix(BinaryPrimitives.ReadUInt64LittleEndian(bytes) ^ Mix(BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..])));
            case int number:
                return Mix((ulong)number);
            case long number:
                return Mix((ulong)number);
            default:
                var hash = Odd;
                foreach (var character in MemoryMarshal.Cast<char, ushort>(AggregateKey.Format(key).AsSpan()))
                {
                    hash = Mix(hash ^ character);
                }

                return hash;
        }
    }

    // The finalizer of SplitMix64.
    private static ulong Mix(ulong value)
    {
        value += Odd;
        value = (value ^ (value >> 30)) * 0xBF58_476D_1CE4_E5B9;
        value = (value ^ (value >> 27)) * 0x94D0_49BB_1331_11EB;
        return value ^ (value >> 31);
    }
}
