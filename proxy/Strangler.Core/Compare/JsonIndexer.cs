using System.Text.Json;

namespace Strangler.Core.Compare;

/// <summary>Reads documents into indices; of a second one only what it does not share with the first.</summary>
internal static class JsonIndexer
{
    /// <summary>Reads one document without a byte order mark; the index is there only when it could be read.</summary>
    public static JsonReadResult Read(ReadOnlyMemory<byte> body, CompareLimits limits, out JsonIndex? index)
    {
        index = new JsonIndex(body);
        var reader = new Utf8JsonReader(body.Span, new JsonReaderOptions { MaxDepth = limits.MaxDepth });
        return Checked(Fill(index, ref reader, 0, new Stack<int>(), limits, own: null, twin: null), ref index);
    }

    /// <summary>Reads two documents that are mostly equal.</summary>
    public static (JsonReadResult Left, JsonReadResult Right) Read(
        ReadOnlyMemory<byte> left, ReadOnlyMemory<byte> right, CompareLimits limits, out JsonIndex? leftIndex, out JsonIndex? rightIndex)
    {
        var marks = new JsonLandmarks(left.Span, right.Span);
        leftIndex = new JsonIndex(left);
        var reader = new Utf8JsonReader(left.Span, new JsonReaderOptions { MaxDepth = limits.MaxDepth });
        var leftResult = Checked(Fill(leftIndex, ref reader, 0, new Stack<int>(), limits, own: marks, twin: null), ref leftIndex);
        if (leftIndex is null) return (leftResult, Read(right, limits, out rightIndex));

        rightIndex = new JsonIndex(right);
        var open = new Stack<int>();
        var rest = new Utf8JsonReader(
            right.Span[marks.Position..], isFinalBlock: true, marks.Position == 0 ? new JsonReaderState(new() { MaxDepth = limits.MaxDepth }) : marks.State);
        if (marks.Position > 0) rightIndex.TakeStart(leftIndex, marks.Position, marks.Rows, open);
        return (leftResult, Checked(Fill(rightIndex, ref rest, marks.Position, open, limits, own: null, twin: (leftIndex, marks)), ref rightIndex));
    }

    private static JsonReadResult Checked(JsonReadResult result, ref JsonIndex? index)
    {
        if (result == JsonReadResult.Read) return result;
        index!.Dispose();
        index = null;
        return result;
    }

    private static JsonReadResult Fill(
        JsonIndex index, ref Utf8JsonReader reader, int offset, Stack<int> open, CompareLimits limits, JsonLandmarks? own, (JsonIndex Index, JsonLandmarks Marks)? twin)
    {
        try
        {
            return FillOrThrow(index, ref reader, offset, open, limits, own, twin);
        }
        catch (JsonException)
        {
            return JsonReadResult.NotJson;
        }
    }

    private static JsonReadResult FillOrThrow(
        JsonIndex index, ref Utf8JsonReader reader, int offset, Stack<int> open, CompareLimits limits, JsonLandmarks? own, (JsonIndex Index, JsonLandmarks Marks)? twin)
    {
        var (nameStart, nameEnd) = (-1, -1);
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    nameStart = offset + (int)reader.TokenStartIndex + 1;
                    nameEnd = nameStart + reader.ValueSpan.Length;
                    continue;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    index.Close(open.Pop(), offset + (int)reader.BytesConsumed);
                    if (open.Count is 0 or > JsonLandmarks.MaxOpen) continue;
                    own?.Mark(ref reader, index.Count);
                    if (twin is { } other && index.TryTakeRest(other.Index, other.Marks, offset + (int)reader.BytesConsumed, open, limits.MaxTokens) is { } result)
                        return result;
                    continue;
                default:
                    break;
            }

            if (index.Count == limits.MaxTokens) return JsonReadResult.BeyondLimit;
            if (open.TryPeek(out var parent)) index.CountChild(parent);
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray) open.Push(index.Count);
            index.Add(new JsonRow
            {
                Kind = KindOf(reader.TokenType),
                Start = offset + (int)reader.TokenStartIndex,
                End = offset + (int)reader.BytesConsumed,
                NameStart = nameStart,
                NameEnd = nameEnd,
                Next = index.Count + 1,
            });
            (nameStart, nameEnd) = (-1, -1);
        }

        return JsonReadResult.Read;
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
