using System.Text.Json;

namespace Strangler.Core.Compare;

/// <summary>Joins the fields of two objects by name and compares those that both have.</summary>
internal sealed class ObjectComparer(CompareRules rules, DifferenceSink sink, Action<IndexedValue, IndexedValue> compare)
{
    // Up to this size looking for a name again costs less than a dictionary.
    private const int SmallObject = 32;

    public void Compare(IndexedValue legacy, IndexedValue @new)
    {
        if (legacy.Count > SmallObject || !TryCompareInStep(legacy, @new)) CompareByName(new JsonFields(legacy), new JsonFields(@new));
    }

    // Most answers of both sides name the same fields in the same order, each once.
    private bool TryCompareInStep(IndexedValue legacy, IndexedValue @new)
    {
        if (legacy.Count != @new.Count) return false;
        var (left, right) = (legacy.FirstChild, @new.FirstChild);
        for (var i = 0; i < legacy.Count; i++, left = left.Next, right = right.Next)
            if (!left.RawName.SequenceEqual(right.RawName) || OccursBefore(legacy, i, left)) return false;

        (left, right) = (legacy.FirstChild, @new.FirstChild);
        for (var i = legacy.Count; i > 0; i--, left = left.Next, right = right.Next)
            if (!left.Raw.SequenceEqual(right.Raw)) At(left, left, right);
        return true;
    }

    // An escape can hide a repetition, so that a name with one is left to the dictionary.
    private static bool OccursBefore(IndexedValue value, int position, IndexedValue field)
    {
        if (field.RawName.Contains((byte)'\\')) return true;
        var earlier = value.FirstChild;
        for (var i = 0; i < position; i++, earlier = earlier.Next)
            if (earlier.RawName.SequenceEqual(field.RawName)) return true;
        return false;
    }

    private void CompareByName(JsonFields legacy, JsonFields @new)
    {
        foreach (var (key, value) in legacy.All)
        {
            if (sink.IsFull) return;
            if (@new.Contains(key)) At(value, value, @new[key], IsRepeatedOtherwise(legacy.Replaced(key), @new.Replaced(key)));
            else At(value, value, default);
        }

        foreach (var (key, value) in @new.All)
        {
            if (sink.IsFull) return;
            if (!legacy.Contains(key)) At(value, default, value);
        }
    }

    private void At(IndexedValue named, IndexedValue legacy, IndexedValue @new, bool repeatedOtherwise = false)
    {
        sink.Enter(PathSegment.Field(JsonText.ToString(named.RawName)));
        if (repeatedOtherwise) sink.Report(DifferenceKind.DuplicateKey, legacy, @new);
        if (legacy.Index is null) sink.Report(KindOfAbsence(@new, DifferenceKind.Extra), legacy, @new);
        else if (@new.Index is null) sink.Report(KindOfAbsence(legacy, DifferenceKind.Missing), legacy, @new);
        else compare(legacy, @new);
        sink.Leave();
    }

    private static bool IsRepeatedOtherwise(IReadOnlyList<IndexedValue> legacy, IReadOnlyList<IndexedValue> @new)
    {
        if (legacy.Count != @new.Count) return true;
        for (var i = 0; i < legacy.Count; i++)
            if (legacy[i].Hash != @new[i].Hash) return true;
        return false;
    }

    private DifferenceKind KindOfAbsence(IndexedValue present, DifferenceKind otherwise)
    {
        if (present.Kind != JsonValueKind.Null) return otherwise;
        if (rules.Coercion(sink.Node) is not { } rule || !rule.Coerce.HasFlag(Coercions.NullMissing)) return DifferenceKind.NullVsMissing;
        sink.Hit(rule);
        return DifferenceKind.Coerced;
    }
}
