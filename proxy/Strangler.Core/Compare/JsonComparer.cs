using System.Text.Json;

namespace Strangler.Core.Compare;

/// <summary>Walks two JSON documents side by side and reports every node that differs under the rules.</summary>
internal sealed class JsonComparer
{
    private readonly CompareRules _rules;
    private readonly TimeSpan _apart;
    private readonly DifferenceSink _sink;
    private readonly CompareLimits _limits;
    private readonly ObjectComparer _objects;

    public JsonComparer(CompareRules rules, TimeSpan apart, CompareLimits limits, DifferenceSink sink)
    {
        (_rules, _apart, _limits, _sink) = (rules, apart, limits, sink);
        _objects = new ObjectComparer(rules, sink, Compare);
    }

    /// <summary>Compares two values at the node where the sink stands.</summary>
    public void Compare(IndexedValue legacy, IndexedValue @new)
    {
        if (_sink.IsFull || legacy.Raw.SequenceEqual(@new.Raw)) return;
        if (_rules.Shape(_sink.Node) is { } shape)
            CompareShape(shape, legacy, @new);
        else if (legacy.Kind == JsonValueKind.String && @new.Kind == JsonValueKind.String && _rules.Embedded(_sink.Node) is { } embedded)
            CompareEmbedded(embedded, legacy, @new);
        else if (TypeOf(legacy) != TypeOf(@new))
            CompareTypes(legacy, @new);
        else
            CompareSameType(legacy, @new);
    }

    private void CompareShape(CompareRule rule, IndexedValue legacy, IndexedValue @new)
    {
        _sink.Hit(rule);
        if (ShapeCheck.Of(rule.Shape!, legacy, @new, _apart, out var sign) is { } kind) _sink.Report(kind, legacy, @new);
        else if (sign != 0) _sink.Tolerate(DifferenceKind.DateShift, sign);
    }

    private void CompareTypes(IndexedValue legacy, IndexedValue @new)
    {
        if (_rules.Coercion(_sink.Node) is { } rule && Coercion.Joins(rule.Coerce, legacy, @new))
        {
            _sink.Hit(rule);
            _sink.Report(DifferenceKind.Coerced, legacy, @new);
        }
        else
        {
            _sink.Report(DifferenceKind.Type, legacy, @new);
        }
    }

    // Each text lies within its document, so that the limit on bytes holds for all of them together.
    private void CompareEmbedded(CompareRule rule, IndexedValue legacy, IndexedValue @new)
    {
        _sink.Hit(rule);
        var (leftResult, rightResult) = JsonIndexer.Read(
            JsonText.Unescape(JsonText.Inner(legacy.Raw)).ToArray(), JsonText.Unescape(JsonText.Inner(@new.Raw)).ToArray(), _limits, out var left, out var right);
        using (left)
        using (right)
        {
            if (left is not null && right is not null)
            {
                Compare(left.Root, right.Root);
            }
            else if (leftResult == rightResult)
            {
                CompareTexts(legacy, @new);
            }
            else
            {
                _sink.Report(DifferenceKind.ParseFailure, legacy, @new);
            }
        }
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
                if (ExactNumber.Same(legacy.Raw, @new.Raw)) _sink.Report(DifferenceKind.NumberFormat, legacy, @new);
                else if (!IsTolerated(DifferenceKind.Number, legacy.Raw, @new.Raw)) _sink.Report(DifferenceKind.Number, legacy, @new);
                break;
            case JsonValueKind.String:
                CompareTexts(legacy, @new);
                break;
            default:
                _sink.Report(DifferenceKind.Boolean, legacy, @new);
                break;
        }
    }

    private void CompareTexts(IndexedValue legacy, IndexedValue @new)
    {
        if (StringDifference.Of(legacy.Raw, @new.Raw) is not { } kind) return;
        if (!IsTolerated(kind, JsonText.Unescape(JsonText.Inner(legacy.Raw)), JsonText.Unescape(JsonText.Inner(@new.Raw)))) _sink.Report(kind, legacy, @new);
    }

    private bool IsTolerated(DifferenceKind kind, ReadOnlySpan<byte> legacy, ReadOnlySpan<byte> @new)
    {
        if (_rules.Tolerance(_sink.Node) is not { } rule || !JsonText.IsNumber(legacy) || !JsonText.IsNumber(@new)) return false;
        if (!rule.Tolerate!.Accepts(legacy, @new, out var sign)) return false;
        _sink.Hit(rule);
        if (sign != 0) _sink.Tolerate(kind, sign);
        return true;
    }

    private void CompareArrays(IndexedValue legacy, IndexedValue @new)
    {
        var rule = _rules.ForArray(_sink.Node);
        var (left, right) = (legacy.Children(), @new.Children());
        var pairing = Pair(rule, left, right);

        if (rule is not null) _sink.Hit(rule);
        else if (pairing.IsUncertain && InferredKey.Of(left, right) is { } key) _sink.Suggest(key);
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
        // Items of equal bytes at both ends need no key, no hash and no second look.
        var common = Math.Min(left.Length, right.Length);
        var start = 0;
        while (start < common && left[start].Raw.SequenceEqual(right[start].Raw)) start++;
        var end = 0;
        while (end < common - start && left[^(end + 1)].Raw.SequenceEqual(right[^(end + 1)].Raw)) end++;
        var pairing = Pair(rule, left.AsSpan(start..^end), right.AsSpan(start..^end)).Shift(start);

        // One item changed in place is no matter of keys. Anything else may rest on a key that an item at the ends has too.
        var isOneForOne = left.Length == right.Length && left.Length - start - end <= 1;
        return rule is { MatchBy: { Count: > 0 } fields } && start + end > 0 && !isOneForOne
            ? pairing with { DuplicateKeys = HasDuplicates(left, fields) || HasDuplicates(right, fields) }
            : pairing;
    }

    private static bool HasDuplicates(IndexedValue[] items, IReadOnlyList<string> fields) =>
        ArrayPairing.HasDuplicates(Hashes(items, new ItemKeys(fields).Of));

    private static ArrayPairing Pair(CompareRule? rule, ReadOnlySpan<IndexedValue> left, ReadOnlySpan<IndexedValue> right)
    {
        if (rule is { MatchBy: { Count: > 0 } fields })
        {
            var keys = new ItemKeys(fields);
            return ArrayPairing.ByKey(Hashes(left, keys.Of), Hashes(right, keys.Of));
        }

        var (legacy, @new) = (Hashes(left, static item => item.Hash), Hashes(right, static item => item.Hash));
        return rule is { Unordered: true } ? ArrayPairing.AsMultiset(legacy, @new) : ArrayPairing.InSequence(legacy, @new);
    }

    private static UInt128[] Hashes(ReadOnlySpan<IndexedValue> items, Func<IndexedValue, UInt128> hash)
    {
        var hashes = new UInt128[items.Length];
        for (var i = 0; i < hashes.Length; i++) hashes[i] = hash(items[i]);
        return hashes;
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
