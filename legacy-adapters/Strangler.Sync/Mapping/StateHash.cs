using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Strangler.Sync.Mapping;

/// <summary>
/// A hash of an aggregate's state in the target: equal states, in whatever order their rows come, have equal hashes. It does not matter
/// whether the rows come from the mapping or have been read back from the target.
/// </summary>
internal static class StateHash
{
    /// <summary>The number of bytes of a hash.</summary>
    public const int Length = 16;

    [ThreadStatic]
    private static CanonicalBuffer? _state;

    [ThreadStatic]
    private static CanonicalBuffer? _rows;

    /// <summary>The hash of all rows: 16 bytes.</summary>
    public static byte[] Of(AggregateMapping mapping, TargetRows state) =>
        Bytes(Of(mapping, state, static table => CanonicalRow.Of(table)));

    /// <summary>The hash of the rows of some tables.</summary>
    /// <param name="mapping">The mapping.</param>
    /// <param name="state">The rows.</param>
    /// <param name="writer">Writes the rows of a table; null for a table that does not count.</param>
    public static UInt128 Of(AggregateMapping mapping, TargetRows state, Func<TargetTable, Action<CanonicalBuffer, object>?> writer)
    {
        var buffer = _state ??= new CanonicalBuffer();
        buffer.Cut(0);
        for (var i = 0; i < mapping.Targets.Count; i++)
        {
            if (writer(mapping.Targets[i]) is { } write)
            {
                buffer.Raw(i);
                Write(buffer, write, state.RowsOf(mapping.Targets[i]));
            }
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(buffer.Written, hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }

    private static void Write(CanonicalBuffer buffer, Action<CanonicalBuffer, object> write, IReadOnlyList<object> rows)
    {
        buffer.Raw(rows.Count);
        if (rows.Count == 1)
        {
            write(buffer, rows[0]);
            return;
        }

        // Any order does, if it depends on the rows alone.
        var unordered = _rows ??= new CanonicalBuffer();
        unordered.Cut(0);
        var ends = new int[rows.Count + 1];
        for (var i = 0; i < rows.Count; i++)
        {
            write(unordered, rows[i]);
            ends[i + 1] = unordered.Length;
        }

        var order = new int[rows.Count];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        Array.Sort(order, (left, right) => Row(left).SequenceCompareTo(Row(right)));
        foreach (var row in order)
        {
            buffer.Raw(Row(row));
        }

        ReadOnlySpan<byte> Row(int index) => unordered.Written[ends[index]..ends[index + 1]];
    }

    private static byte[] Bytes(UInt128 value)
    {
        var bytes = new byte[Length];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, value);
        return bytes;
    }
}
