using System.Text.Json;

namespace Strangler.Core.Compare.Causes;

/// <summary>By which fields the items of a reordered array are sorted.</summary>
internal static class OrderFeatures
{
    /// <summary>What stands for the items themselves where they are no objects.</summary>
    public const string Items = "value";

    // Two items are always sorted by something; very long lists are not worth the time.
    private const int MinItems = 3;
    private const int MaxItems = 2_000;
    private const int MaxFields = 32;

    public static DerivedFeatures? Of(IndexedValue legacy, IndexedValue @new)
    {
        if (legacy.Count is < MinItems or > MaxItems || @new.Count is < MinItems or > MaxItems) return null;
        var (before, after) = (SortedBy(legacy), SortedBy(@new));
        var (gone, come) = (before.Except(after, StringComparer.Ordinal).ToList(), after.Except(before, StringComparer.Ordinal).ToList());
        return gone.Count == 0 && come.Count == 0 ? null : new DerivedFeatures { SortedBy = come, WasSortedBy = gone };
    }

    private static List<string> SortedBy(IndexedValue array)
    {
        var first = array.FirstChild;
        if (first.Kind != JsonValueKind.Object) return [.. Directions(array, name: null)];
        var found = new List<string>();
        var field = first.FirstChild;
        for (var i = 0; i < Math.Min(first.Count, MaxFields); i++, field = field.Next)
            if (field.Kind is JsonValueKind.String or JsonValueKind.Number) found.AddRange(Directions(array, field.RawName.ToArray()));
        return found;
    }

    // Ascending, descending, or neither: all items must have the field, and not all the same value.
    private static IEnumerable<string> Directions(IndexedValue array, byte[]? name)
    {
        var (up, down, previous) = (true, true, default(IndexedValue));
        var item = array.FirstChild;
        for (var i = array.Count; i > 0; i--, item = item.Next)
        {
            var value = name is null ? item : Find(item, name);
            if (previous.Index is not null)
            {
                if (Order(previous, value) is not { } order) return [];
                up &= order <= 0;
                down &= order >= 0;
                if (!up && !down) return [];
            }

            previous = value;
        }

        if (up == down) return [];
        var text = name is null ? Items : PathSegment.Cut(JsonText.ToString(name));
        return [up ? text : $"-{text}"];
    }

    private static IndexedValue Find(IndexedValue item, ReadOnlySpan<byte> name)
    {
        if (item.Kind != JsonValueKind.Object) return default;
        var field = item.FirstChild;
        for (var i = item.Count; i > 0; i--, field = field.Next)
            if (field.RawName.SequenceEqual(name)) return field;
        return default;
    }

    private static int? Order(IndexedValue left, IndexedValue right)
    {
        if (left.Kind != right.Kind) return null;
        return left.Kind switch
        {
            JsonValueKind.Number => AmountFeatures.TryRead(left.Raw, out var one) && AmountFeatures.TryRead(right.Raw, out var other) ? one.CompareTo(other) : null,
            JsonValueKind.String => string.Compare(
                JsonText.ToString(JsonText.Inner(left.Raw)), JsonText.ToString(JsonText.Inner(right.Raw)), StringComparison.OrdinalIgnoreCase),
            _ => null,
        };
    }
}
