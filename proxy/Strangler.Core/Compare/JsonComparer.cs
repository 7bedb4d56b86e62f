using System.Runtime.InteropServices;
using System.Text.Json;

namespace Strangler.Core.Compare;

/// <summary>Walks two JSON documents side by side and reports every node that differs under the rules.</summary>
internal sealed class JsonComparer(CompareRules rules, TimeSpan apart, DifferenceSink sink)
{
    private readonly CanonicalForm _canonical = new();

    /// <summary>Compares two values at the node where the sink stands.</summary>
    public void Compare(JsonElement legacy, JsonElement @new)
    {
        if (sink.IsFull || JsonMarshal.GetRawUtf8Value(legacy).SequenceEqual(JsonMarshal.GetRawUtf8Value(@new))) return;
        if (rules.Shape(sink.Node) is { } shape)
            CompareShape(shape, legacy, @new);
        else if (TypeOf(legacy) != TypeOf(@new))
            sink.Report(DifferenceKind.Type, legacy, @new);
        else
            CompareSameType(legacy, @new);
    }

    private void CompareShape(ShapeRule shape, JsonElement legacy, JsonElement @new)
    {
        if (InstantShape.Check(legacy, @new, shape.Within, apart) is { } kind) sink.Report(kind, legacy, @new);
    }

    private void CompareSameType(JsonElement legacy, JsonElement @new)
    {
        switch (legacy.ValueKind)
        {
            case JsonValueKind.Object:
                CompareObjects(new JsonFields(legacy), new JsonFields(@new));
                break;
            case JsonValueKind.Array:
                CompareArrays(legacy, @new);
                break;
            case JsonValueKind.Number:
                if (!ExactNumber.Same(JsonMarshal.GetRawUtf8Value(legacy), JsonMarshal.GetRawUtf8Value(@new)))
                    sink.Report(DifferenceKind.Number, legacy, @new);
                break;
            case JsonValueKind.String:
                if (!string.Equals(JsonText.Value(legacy), JsonText.Value(@new), StringComparison.Ordinal))
                    sink.Report(DifferenceKind.String, legacy, @new);
                break;
            default:
                sink.Report(DifferenceKind.Boolean, legacy, @new);
                break;
        }
    }

    private void CompareObjects(JsonFields legacy, JsonFields @new)
    {
        foreach (var (name, value) in legacy.All)
        {
            sink.Enter(PathSegment.Field(name));
            if (@new.Contains(name)) CompareField(name, legacy, @new);
            else sink.Report(KindOfAbsence(value, DifferenceKind.Missing), value, default);
            sink.Leave();
        }

        foreach (var (name, value) in @new.All)
        {
            if (legacy.Contains(name)) continue;
            sink.Enter(PathSegment.Field(name));
            sink.Report(KindOfAbsence(value, DifferenceKind.Extra), default, value);
            sink.Leave();
        }
    }

    private void CompareField(string name, JsonFields legacy, JsonFields @new)
    {
        var left = legacy.Replaced(name);
        var right = @new.Replaced(name);
        if (!left.Select(_canonical.Hash).SequenceEqual(right.Select(_canonical.Hash)))
            sink.Report(DifferenceKind.DuplicateKey, legacy[name], @new[name]);
        Compare(legacy[name], @new[name]);
    }

    private void CompareArrays(JsonElement legacy, JsonElement @new)
    {
        var rule = rules.ForArray(sink.Node);
        JsonElement[] left = [.. legacy.EnumerateArray()];
        JsonElement[] right = [.. @new.EnumerateArray()];
        var pairing = Pair(rule, left, right);

        if (pairing.Reordered && rule is not { Unordered: true }) sink.Report(DifferenceKind.Order, legacy, @new);
        foreach (var (leftIndex, rightIndex) in pairing.Pairs)
            AtItem(leftIndex, () => Compare(left[leftIndex], right[rightIndex]));
        foreach (var index in pairing.Missing)
            AtItem(index, () => sink.Report(DifferenceKind.ItemMissing, left[index], default));
        foreach (var index in pairing.Extra)
            AtItem(index, () => sink.Report(DifferenceKind.ItemExtra, default, right[index]));
    }

    private ArrayPairing Pair(CompareRule? rule, JsonElement[] left, JsonElement[] right)
    {
        if (rule is { MatchBy: { Count: > 0 } fields })
        {
            return ArrayPairing.ByKey(
                Array.ConvertAll(left, item => _canonical.HashOfFields(item, fields)),
                Array.ConvertAll(right, item => _canonical.HashOfFields(item, fields)));
        }

        var legacy = Array.ConvertAll(left, _canonical.Hash);
        var @new = Array.ConvertAll(right, _canonical.Hash);
        return rule is { Unordered: true } ? ArrayPairing.AsMultiset(legacy, @new) : ArrayPairing.InSequence(legacy, @new);
    }

    private void AtItem(int index, Action compare)
    {
        if (sink.IsFull) return;
        sink.Enter(PathSegment.Item(index));
        compare();
        sink.Leave();
    }

    private static DifferenceKind KindOfAbsence(JsonElement present, DifferenceKind otherwise) =>
        present.ValueKind == JsonValueKind.Null ? DifferenceKind.NullVsMissing : otherwise;

    private static JsonValueKind TypeOf(JsonElement value) =>
        value.ValueKind == JsonValueKind.False ? JsonValueKind.True : value.ValueKind;
}
