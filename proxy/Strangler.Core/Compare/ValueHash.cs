using System.Buffers.Binary;

namespace Strangler.Core.Compare;

/// <summary>
/// A fast 128-bit hash in two lanes. It only proposes which items belong together; every proposal is compared, so that a collision
/// can cost clarity but can never make two values equal.
/// </summary>
internal static class ValueHash
{
    private const ulong First = 0x9E37_79B9_7F4A_7C15;
    private const ulong Second = 0xC2B2_AE3D_27D4_EB4F;

    public static UInt128 Of(ReadOnlySpan<byte> bytes, byte type)
    {
        var hash = Mix(UInt128.Zero, ((ulong)bytes.Length << 8) | type);
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..]) hash = Mix(hash, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        if (bytes.IsEmpty) return hash;
        Span<byte> last = stackalloc byte[sizeof(ulong)];
        last.Clear();
        bytes.CopyTo(last);
        return Mix(hash, BinaryPrimitives.ReadUInt64LittleEndian(last));
    }

    /// <summary>The hash of one thing after another.</summary>
    public static UInt128 Combine(UInt128 hash, UInt128 next) => Mix(Mix(hash, (ulong)next), (ulong)(next >> 64));

    private static UInt128 Mix(UInt128 hash, ulong next) =>
        new(Fold((ulong)(hash >> 64) ^ next ^ First, Second), Fold((ulong)hash ^ next ^ Second, First) + (ulong)(hash >> 64));

    private static ulong Fold(ulong left, ulong right) => Math.BigMul(left, right, out var low) ^ low;
}
