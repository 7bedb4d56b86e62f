using System.Buffers;

namespace Strangler.Core.Compare;

/// <summary>
/// A JSON document as a flat list of rows over its bytes, in document order: no tree, no strings, two pooled arrays. A row is a
/// value; the children of a container follow it.
/// </summary>
internal sealed class JsonIndex : IDisposable
{
    private const int FirstRows = 256;
    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly SubtreeHashes _hashes;
    private JsonRow[] _rows = ArrayPool<JsonRow>.Shared.Rent(FirstRows);

    /// <summary>An index without rows, which <see cref="JsonIndexer"/> fills.</summary>
    public JsonIndex(ReadOnlyMemory<byte> bytes)
    {
        _bytes = bytes;
        _hashes = new SubtreeHashes(this);
    }

    /// <summary>The whole document.</summary>
    public IndexedValue Root => new(this, 0);

    /// <summary>Number of rows.</summary>
    public int Count { get; private set; }

    public ReadOnlySpan<byte> Bytes => _bytes.Span;

    public ref readonly JsonRow Row(int row) => ref _rows[row];

    /// <summary>A hash that values share when they are equal, whatever the order of their fields and the form of their numbers.</summary>
    public UInt128 Hash(int row) => _hashes.Of(row);

    public void Dispose()
    {
        _hashes.Dispose();
        ArrayPool<JsonRow>.Shared.Return(_rows);
        _rows = [];
        Count = 0;
    }

    /// <summary>Adds a value; its container is counted apart.</summary>
    public void Add(JsonRow row)
    {
        Reserve(1);
        _rows[Count++] = row;
    }

    /// <summary>Says that a container has one more child.</summary>
    public void CountChild(int container) => _rows[container].Count++;

    /// <summary>Says where a container ends, now that all its values are added.</summary>
    public void Close(int container, int end)
    {
        ref var row = ref _rows[container];
        row.End = end;
        row.Next = Count;
    }

    /// <summary>Takes over the rows of another document of the same first bytes, and the containers that are open there.</summary>
    public void TakeStart(JsonIndex other, int position, int rows, Stack<int> open)
    {
        Reserve(rows);
        other._rows.AsSpan(0, rows).CopyTo(_rows);
        Count = rows;
        foreach (var (row, children) in other.OpenAt(position, rows))
        {
            _rows[row].Count = children;
            open.Push(row);
        }
    }

    /// <summary>
    /// Takes over the rest of another document, if that goes on with the same bytes at a marked place where as many containers of the same
    /// kinds are open: it cannot be read in another way. Null if not.
    /// </summary>
    public JsonReadResult? TryTakeRest(JsonIndex other, JsonLandmarks marks, int position, Stack<int> open, int maxRows)
    {
        if (Bytes.Length - position > marks.Suffix) return null;
        var place = position - marks.Shift;
        var rows = marks.RowsAt(place);
        if (rows < 0) return null;
        var theirs = other.OpenAt(place, rows);
        int[] ours = [.. open.Reverse()];
        if (theirs.Count != ours.Length) return null;
        for (var i = 0; i < ours.Length; i++)
            if (other._rows[theirs[i].Row].Kind != _rows[ours[i]].Kind) return null;

        var rest = other.Count - rows;
        if (Count + rest > maxRows) return JsonReadResult.BeyondLimit;
        var shift = Count - rows;
        for (var i = 0; i < ours.Length; i++)
        {
            ref readonly var container = ref other._rows[theirs[i].Row];
            ref var row = ref _rows[ours[i]];
            row.Count += container.Count - theirs[i].Children;
            row.End = container.End + marks.Shift;
            row.Next = container.Next + shift;
        }

        Reserve(rest);
        foreach (ref readonly var row in other._rows.AsSpan(rows, rest)) _rows[Count++] = row.Moved(marks.Shift, shift);
        return JsonReadResult.Read;
    }

    // The containers around a place, from the outside in, and how many children each has before it: only the last child can be open.
    private List<(int Row, int Children)> OpenAt(int position, int rows)
    {
        var open = new List<(int Row, int Children)>();
        for (var container = 0; container >= 0;)
        {
            var (children, last) = (0, -1);
            for (var child = container + 1; child < rows; child = _rows[child].Next) (children, last) = (children + 1, child);
            open.Add((container, children));
            container = last >= 0 && _rows[last].End > position ? last : -1;
        }

        return open;
    }

    private void Reserve(int more)
    {
        if (Count + more <= _rows.Length) return;
        var larger = ArrayPool<JsonRow>.Shared.Rent(Math.Max(_rows.Length * 2, Count + more));
        _rows.AsSpan(0, Count).CopyTo(larger);
        ArrayPool<JsonRow>.Shared.Return(_rows);
        _rows = larger;
    }
}
