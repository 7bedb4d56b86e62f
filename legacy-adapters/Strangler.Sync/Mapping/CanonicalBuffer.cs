using System.Buffers.Binary;
using System.Text;

namespace Strangler.Sync.Mapping;

/// <summary>
/// Values as bytes, equal for values that PostgreSQL keeps as equal: 19.9 and 19.90 are one number, 0 and -0 too, and times count to the
/// microsecond.
/// </summary>
internal sealed class CanonicalBuffer
{
    private const int InitialCapacity = 1024;
    private const byte Null = 0;
    private const byte Present = 1;

    // PostgreSQL counts from here, so this is where a part of a microsecond is cut off towards.
    private static readonly long Epoch = new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

    private byte[] _bytes = new byte[InitialCapacity];

    /// <summary>The number of bytes written.</summary>
    public int Length { get; private set; }

    /// <summary>What has been written.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>Forgets everything from a position on.</summary>
    public void Cut(int length) => Length = length;

    /// <summary>Adds bytes as they are.</summary>
    public void Raw(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Reserve(bytes.Length));

    /// <summary>Adds a number as it is.</summary>
    public void Raw(int number) => BinaryPrimitives.WriteInt32LittleEndian(Reserve(sizeof(int)), number);

    /// <summary>A value that is not there.</summary>
    public void WriteNull() => Reserve(1)[0] = Null;

    /// <summary>A truth value.</summary>
    public void Write(bool value) => Number(value ? 1 : 0);

    /// <summary>A whole number.</summary>
    public void Write(short value) => Number(value);

    /// <summary>A whole number.</summary>
    public void Write(int value) => Number(value);

    /// <summary>A whole number.</summary>
    public void Write(long value) => Number(value);

    /// <summary>A number without its trailing zeros.</summary>
    public void Write(decimal value)
    {
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(value, parts);
        var mantissa = new UInt128((uint)parts[2], ((ulong)(uint)parts[1] << 32) | (uint)parts[0]);
        var scale = (parts[3] >> 16) & 0xFF;
        while (scale > 0)
        {
            var (quotient, digit) = UInt128.DivRem(mantissa, 10);
            if (digit != 0)
            {
                break;
            }

            mantissa = quotient;
            scale--;
        }

        var bytes = Reserve(2 + 16);
        bytes[0] = Present;
        bytes[1] = (byte)(mantissa != 0 && parts[3] < 0 ? scale | 0x80 : scale);
        BinaryPrimitives.WriteUInt128LittleEndian(bytes[2..], mantissa);
    }

    /// <summary>A floating-point number; all that are none are one.</summary>
    public void Write(double value) => Number(BitConverter.DoubleToInt64Bits(double.IsNaN(value) ? double.NaN : value == 0 ? 0 : value));

    /// <summary>A text, as UTF-8.</summary>
    public void Write(string? value)
    {
        if (value is null)
        {
            WriteNull();
            return;
        }

        var most = Encoding.UTF8.GetMaxByteCount(value.Length);
        var bytes = Reserve(1 + sizeof(int) + most);
        bytes[0] = Present;
        var length = Encoding.UTF8.GetBytes(value, bytes[(1 + sizeof(int))..]);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[1..], length);
        Length -= most - length;
    }

    /// <summary>A text without the spaces at its end.</summary>
    public void WriteBlankPadded(string? value) => Write(value?.TrimEnd(' '));

    /// <summary>A GUID.</summary>
    public void Write(Guid value)
    {
        var bytes = Reserve(1 + 16);
        bytes[0] = Present;
        value.TryWriteBytes(bytes[1..]);
    }

    /// <summary>A time of no zone.</summary>
    public void Write(DateTime value) => Number((value.Ticks - Epoch) / TimeSpan.TicksPerMicrosecond);

    /// <summary>An instant.</summary>
    public void Write(DateTimeOffset value) => Number((value.UtcTicks - Epoch) / TimeSpan.TicksPerMicrosecond);

    /// <summary>A day.</summary>
    public void Write(DateOnly value) => Number(value.DayNumber);

    /// <summary>A time of day.</summary>
    public void Write(TimeOnly value) => Number(value.Ticks / TimeSpan.TicksPerMicrosecond);

    /// <summary>Bytes.</summary>
    public void Write(byte[]? value)
    {
        if (value is null)
        {
            WriteNull();
            return;
        }

        Reserve(1)[0] = Present;
        Raw(value.Length);
        Raw(value);
    }

    private void Number(long value)
    {
        var bytes = Reserve(1 + sizeof(long));
        bytes[0] = Present;
        BinaryPrimitives.WriteInt64LittleEndian(bytes[1..], value);
    }

    private Span<byte> Reserve(int count)
    {
        if (_bytes.Length - Length < count)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + count));
        }

        var reserved = _bytes.AsSpan(Length, count);
        Length += count;
        return reserved;
    }
}
