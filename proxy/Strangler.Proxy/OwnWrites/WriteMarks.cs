using System.Globalization;

namespace Strangler.Proxy.OwnWrites;

/// <summary>Goes over the marks of a genuine cookie, <c>catalog_19a0~orders_19a7</c>, without copying anything.</summary>
/// <param name="text">The marks.</param>
internal ref struct WriteMarks(ReadOnlySpan<char> text)
{
    /// <summary>Stands between two marks.</summary>
    public const char Between = '~';

    /// <summary>Stands between capability and time; no name of a capability has it.</summary>
    public const char BeforeTime = '_';

    private ReadOnlySpan<char> _rest = text;

    /// <summary>The capability of the present mark.</summary>
    public ReadOnlySpan<char> Capability { get; private set; } = [];

    /// <summary>The time of the present mark.</summary>
    public long Time { get; private set; }

    /// <summary>Goes to the next mark.</summary>
    public bool MoveNext()
    {
        while (!_rest.IsEmpty)
        {
            var end = _rest.IndexOf(Between);
            var mark = end < 0 ? _rest : _rest[..end];
            _rest = end < 0 ? [] : _rest[(end + 1)..];
            var middle = mark.IndexOf(BeforeTime);
            if (middle < 0 || !long.TryParse(mark[(middle + 1)..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var time)) continue;
            Capability = mark[..middle];
            Time = time;
            return true;
        }

        return false;
    }
}
