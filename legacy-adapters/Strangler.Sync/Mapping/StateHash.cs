using System.Security.Cryptography;
using System.Text;

namespace Strangler.Sync.Mapping;

/// <summary>
/// A hash of an aggregate's state in the target: equal states, in whatever order their rows come, have equal hashes. Instants count to
/// the microsecond, as the target keeps them.
/// </summary>
internal static class StateHash
{
    private const int Length = 16;

    /// <summary>The hash: 16 bytes.</summary>
    public static byte[] Of(AggregateMapping mapping, TargetRows state)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        foreach (var table in mapping.Targets)
        {
            writer.Write(table.Name.ToString());
            foreach (var row in state.RowsOf(table).Select(row => Encode(table, row)).Order(ByteOrder.Instance))
            {
                writer.Write(row.Length);
                writer.Write(row);
            }
        }

        writer.Flush();
        return SHA256.HashData(stream.GetBuffer().AsSpan(0, (int)stream.Length))[..Length];
    }

    private static byte[] Encode(TargetTable table, object row)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        foreach (var column in table.Columns)
        {
            Write(writer, column.Value(row));
        }

        writer.Flush();
        return stream.ToArray();
    }

    private static void Write(BinaryWriter writer, object? value)
    {
        writer.Write(value is not null);
        switch (value)
        {
            case null:
                break;
            case decimal number:
                // 19.9 and 19.90 are one value.
                writer.Write(number.ToString("G29"));
                break;
            case DateTimeOffset instant:
                writer.Write(instant.UtcTicks / TimeSpan.TicksPerMicrosecond);
                break;
            case DateTime local:
                writer.Write(local.Ticks / TimeSpan.TicksPerMicrosecond);
                break;
            case byte[] bytes:
                writer.Write(bytes.Length);
                writer.Write(bytes);
                break;
            case IFormattable formattable:
                writer.Write(formattable.ToString(null, null));
                break;
            default:
                writer.Write(value.ToString() ?? "");
                break;
        }
    }

    private sealed class ByteOrder : IComparer<byte[]>
    {
        public static readonly ByteOrder Instance = new();

        public int Compare(byte[]? x, byte[]? y) => x.AsSpan().SequenceCompareTo(y);
    }
}
