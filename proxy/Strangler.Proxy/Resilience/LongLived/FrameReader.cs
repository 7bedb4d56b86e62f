using System.Buffers.Binary;

namespace Strangler.Proxy.Resilience.LongLived;

/// <summary>Follows the frames of one direction of a WebSocket (RFC 6455, 5.2), to know where one ends and the next begins.</summary>
internal sealed class FrameReader
{
    private const int ShortHead = 2;
    private const int MaskLength = 4;
    private const int Length16 = 126;
    private const int Length64 = 127;

    private readonly byte[] _head = new byte[10];
    private int _headLength;
    private ulong _left;

    /// <summary>Whether what was read so far ends with the end of a frame.</summary>
    public bool IsBetween => _headLength == 0 && _left == 0;

    /// <summary>Reads on, up to the next end of a frame, or to the end of the bytes.</summary>
    /// <returns>How many bytes were read.</returns>
    public int ReadFrame(ReadOnlySpan<byte> bytes)
    {
        var read = 0;
        while (read < bytes.Length)
        {
            if (_left > 0)
            {
                var part = (int)Math.Min(_left, (ulong)(bytes.Length - read));
                _left -= (uint)part;
                read += part;
            }
            else
            {
                _head[_headLength++] = bytes[read++];
                if (!IsHeadWhole()) continue;
                _left = Payload();
                _headLength = 0;
            }

            if (IsBetween) break;
        }

        return read;
    }

    private bool IsHeadWhole() => _headLength >= ShortHead && _headLength == ShortHead + LengthBytes();

    private int LengthBytes() => (_head[1] & 0x7F) switch { Length16 => 2, Length64 => 8, _ => 0 };

    // A mask stands between head and payload; it is counted as a part of the payload.
    private ulong Payload()
    {
        var length = (_head[1] & 0x7F) switch
        {
            Length16 => BinaryPrimitives.ReadUInt16BigEndian(_head.AsSpan(ShortHead)),
            Length64 => BinaryPrimitives.ReadUInt64BigEndian(_head.AsSpan(ShortHead)),
            var small => (ulong)small,
        };
        return (_head[1] & 0x80) == 0 ? length : length + MaskLength;
    }
}
