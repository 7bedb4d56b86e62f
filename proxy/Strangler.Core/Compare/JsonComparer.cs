using System.Text.Json;

namespace Strangler.Core.Compare;

/// <summary>Walks two JSON documents side by side and reports every node that differs under the rules.</summary>
internal sealed class JsonComparer
{
    private readonly CompareRules _rules;
    private readonly TimeSpan _apart;
    private readonly DifferenceSink _sink;
    private readonly ObjectComparer _objects;

    public JsonComparer(CompareRules rules, TimeSpan apart, DifferenceSink sink)
    {
        (_rules, _apart, _sink) = (rules, apart, sink);
        _objects = new ObjectComparer(sink, Compare);
    }

    /// <summary>Compares two values at the node where the sink stands.</summary>
    public void Compare(IndexedValue legacy, IndexedValue @new)
    {
        if (_sink.IsFull || legacy.Raw.SequenceEqual(@new.Raw)) return;
        if (_rules.Shape(_sink.Node) is { } shape)
            CompareShape(shape, legacy, @new);
        else if (TypeOf(legacy) != TypeOf(@new))
            _sink.Report(DifferenceKind.Type, legacy, @new);
        else
            CompareSameType(legacy, @new);
    }

    private void CompareShape(ShapeRule shape, IndexedValue legacy, IndexedValue @new)
    {
        if (InstantShape.Check(legacy, @new, shape.Within, _apart) is { } kind) _sink.Report(kind, legacy, @new);
    }

    private void CompareSameType(IndexedValue legacy, IndexedValue @new)
    {
        switch (legacy.Kind)
        {
            case JsonValueKind.Object:
                _objects.Compare(legacy, @new);
                break;
            case JsonValueKind.Array:
                CompareArrays(legacy, @new);
                break;
            case JsonValueKind.Number:
                _sink.Report(ExactNumber.Same(legacy.Raw, @new.Raw) ? DifferenceKind.NumberFormat : DifferenceKind.Number, legacy, @new);
                break;
            case JsonValueKind.String:
                if (StringDifference.Of(legacy.Raw, @new.Raw) is { } kind) _sink.Report(kind, legacy, @new);
                break;
            default:
                _sink.Report(DifferenceKind.Boolean, legacy, @new);
                break;
        }
    }

    private void CompareArrays(IndexedValue legacy, IndexedValue @new)
    {
        var rule = _rules.ForArray(_sink.Node);
        var (left, right) = (legacy.Children(), @new.Children());
        var pairing = Pair(rule, left, right);

        if (pairing.Reordered && rule is not { Unordered: true }) _sink.Report(DifferenceKind.Order, legacy, @new);
        if (pairing.DuplicateKeys) _sink.Report(DifferenceKind.DuplicateItemKey, legacy, @new);
        foreach (var pair in pairing.Pairs)
        {
            if (_sink.IsFull) return;
            if (left[pair.Legacy].Raw.SequenceEqual(right[pair.New].Raw)) continue;
            _sink.Enter(PathSegment.Item(pair.Legacy, pair.Guessed));
            Compare(left[pair.Legacy], right[pair.New]);
            _sink.Leave();
        }

        foreach (var index in pairing.Missing) ReportItem(DifferenceKind.ItemMissing, index, left[index], default);
        foreach (var index in pairing.Extra) ReportItem(DifferenceKind.ItemExtra, index, default, right[index]);
    }

    private static ArrayPairing Pair(CompareRule? rule, IndexedValue[] left, IndexedValue[] right)
    {
        if (rule is { MatchBy: { Count: > 0 } fields })
        {
            var keys = new ItemKeys(fields);
            return ArrayPairing.ByKey(Array.ConvertAll(left, keys.Of), Array.ConvertAll(right, keys.Of));
        }

        // Items of equal bytes at both ends need no hash and no second look.
        var common = Math.Min(left.Length, right.Length);
        var start = 0;
        while (start < common && left[start].Raw.SequenceEqual(right[start].Raw)) start++;
        var end = 0;
        while (end < common - start && left[^(end + 1)].Raw.SequenceEqual(right[^(end + 1)].Raw)) end++;

        var legacy = Array.ConvertAll(left[start..^end], item => item.Hash);
        var @new = Array.ConvertAll(right[start..^end], item => item.Hash);
        var pairing = rule is { Unordered: true } ? ArrayPairing.AsMultiset(legacy, @new) : ArrayPairing.InSequence(legacy, @new);
        return pairing.Shift(start);
    }

    private void ReportItem(DifferenceKind kind, int index, IndexedValue legacy, IndexedValue @new)
    {
        if (_sink.IsFull) return;
        _sink.Enter(PathSegment.Item(index));
        _sink.Report(kind, legacy, @new);
        _sink.Leave();
    }

    private static JsonValueKind TypeOf(IndexedValue value) => value.Kind == JsonValueKind.False ? JsonValueKind.True : value.Kind;
}
