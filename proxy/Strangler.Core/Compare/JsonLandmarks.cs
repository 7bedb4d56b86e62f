using System.Text.Json;

namespace Strangler.Core.Compare;

/// <summary>
/// Places in a document just after a container, where reading another document that shares the bytes before, or behind, can go on or end.
/// Two answers mostly differ in a few bytes; what they share is read once.
/// </summary>
internal sealed class JsonLandmarks
{
    /// <summary>Places deeper than this are not marked: they are many.</summary>
    public const int MaxOpen = 4;

    // Marks that are nearer cost more than they save.
    private const int MinDistance = 256;

    private readonly int _prefix;
    private readonly List<int> _positions;
    private readonly List<int> _rows;

    /// <summary>Takes the bytes that both documents have in common at their start and at their end.</summary>
    public JsonLandmarks(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var most = (left.Length / MinDistance) + 1;
        (_positions, _rows) = (new(most), new(most));
        _prefix = left.CommonPrefixLength(right);
        Suffix = CommonSuffixLength(left, right);
        Shift = right.Length - left.Length;
    }

    /// <summary>By how many bytes the second document is longer.</summary>
    public int Shift { get; }

    /// <summary>Bytes that both have in common at their end.</summary>
    public int Suffix { get; }

    /// <summary>The reader at <see cref="Position"/>, within the bytes in common at the start.</summary>
    public JsonReaderState State { get; private set; }

    /// <summary>Where reading the second document can begin; 0 for its start.</summary>
    public int Position { get; private set; }

    /// <summary>The rows before that.</summary>
    public int Rows { get; private set; }

    /// <summary>Marks the place where the reader stands.</summary>
    public void Mark(ref Utf8JsonReader reader, int rows)
    {
        var position = (int)reader.BytesConsumed;
        if (_positions.Count > 0 && position < _positions[^1] + MinDistance) return;
        _positions.Add(position);
        _rows.Add(rows);
        if (position > _prefix) return;
        (State, Position, Rows) = (reader.CurrentState, position, rows);
    }

    /// <summary>The rows before a place; -1 when it is not marked.</summary>
    public int RowsAt(int position)
    {
        var at = _positions.BinarySearch(position);
        return at < 0 ? -1 : _rows[at];
    }

    private static int CommonSuffixLength(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        const int step = 64;
        var (common, length) = (Math.Min(left.Length, right.Length), 0);
        while (common - length >= step && left[^(length + step)..^length].SequenceEqual(right[^(length + step)..^length])) length += step;
        while (length < common && left[^(length + 1)] == right[^(length + 1)]) length++;
        return length;
    }
}
