namespace Strangler.Proxy.Resilience.LongLived;

/// <summary>Follows an event stream (HTML standard, 9.2.6), to know where an event ends: at an empty line.</summary>
internal struct EventReader
{
    private bool _isInLine;
    private bool _isAfterReturn;
    private bool _isInEvent;

    /// <summary>Whether what was read so far ends with the end of an event.</summary>
    public readonly bool IsBetween => !_isInEvent;

    /// <summary>Reads on, up to the next end of an event, or to the end of the bytes.</summary>
    /// <returns>How many bytes were read.</returns>
    public int ReadEvent(ReadOnlySpan<byte> bytes)
    {
        for (var read = 0; read < bytes.Length; read++)
        {
            var letter = bytes[read];
            if (letter == (byte)'\n' && _isAfterReturn)
            {
                _isAfterReturn = false;
                continue;
            }

            _isAfterReturn = letter == (byte)'\r';
            if (!_isAfterReturn && letter != (byte)'\n')
            {
                (_isInLine, _isInEvent) = (true, true);
            }
            else if (_isInLine)
            {
                _isInLine = false;
            }
            else if (_isInEvent)
            {
                _isInEvent = false;
                return read + 1;
            }
        }

        return bytes.Length;
    }
}
