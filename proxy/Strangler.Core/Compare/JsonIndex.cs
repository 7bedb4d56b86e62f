using System.Buffers;
using System.Text.Json;

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

    private JsonIndex(ReadOnlyMemory<byte> bytes)
    {
        _bytes = bytes;
        _hashes = new SubtreeHashes(this);
    }

    /// <summary>The whole document.</summary>
    public IndexedValue Root => new(this, 0);

    /// <summary>Number of rows.</summary>
    public int Count { get; private set; }

    public ReadOnlySpan<byte> Bytes => _bytes.Span;

    /// <summary>Reads a document without a byte order mark. It throws for no input; the index is there only when it could be read.</summary>
    public static JsonReadResult Read(ReadOnlyMemory<byte> body, CompareLimits limits, out JsonIndex? index)
    {
        index = new JsonIndex(body);
        var result = index.TryFill(limits);
        if (result == JsonReadResult.Read) return result;
        index.Dispose();
        index = null;
        return result;
    }

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

    private JsonReadResult TryFill(CompareLimits limits)
    {
        try
        {
            return Fill(limits);
        }
        catch (JsonException)
        {
            return JsonReadResult.NotJson;
        }
    }

    private JsonReadResult Fill(CompareLimits limits)
    {
        var reader = new Utf8JsonReader(_bytes.Span, new JsonReaderOptions { MaxDepth = limits.MaxDepth });
        var open = new Stack<int>();
        var (nameStart, nameEnd) = (-1, -1);
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    nameStart = (int)reader.TokenStartIndex + 1;
                    nameEnd = nameStart + reader.ValueSpan.Length;
                    continue;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    ref var closed = ref _rows[open.Pop()];
                    closed.End = (int)reader.BytesConsumed;
                    closed.Next = Count;
                    continue;
                default:
                    break;
            }

            if (Count == limits.MaxTokens) return JsonReadResult.BeyondLimit;
            if (open.TryPeek(out var parent)) _rows[parent].Count++;
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray) open.Push(Count);
            Add(new JsonRow
            {
                Kind = KindOf(reader.TokenType),
                Start = (int)reader.TokenStartIndex,
                End = (int)reader.BytesConsumed,
                NameStart = nameStart,
                NameEnd = nameEnd,
                Next = Count + 1,
            });
            (nameStart, nameEnd) = (-1, -1);
        }

        return JsonReadResult.Read;
    }

    private void Add(JsonRow row)
    {
        if (Count == _rows.Length)
        {
            var larger = ArrayPool<JsonRow>.Shared.Rent(_rows.Length * 2);
            _rows.AsSpan(0, Count).CopyTo(larger);
            ArrayPool<JsonRow>.Shared.Return(_rows);
            _rows = larger;
        }

        _rows[Count++] = row;
    }

    private static JsonValueKind KindOf(JsonTokenType type) => type switch
    {
        JsonTokenType.StartObject => JsonValueKind.Object,
        JsonTokenType.StartArray => JsonValueKind.Array,
        JsonTokenType.String => JsonValueKind.String,
        JsonTokenType.Number => JsonValueKind.Number,
        JsonTokenType.True => JsonValueKind.True,
        JsonTokenType.False => JsonValueKind.False,
        _ => JsonValueKind.Null,
    };
}
