using System.Text.Json;

namespace Strangler.Core.Compare;

/// <summary>Looks for the field by which the items of two lists could be paired.</summary>
internal static class InferredKey
{
    private const int MinItems = 3;
    private const int MaxItems = 2_000;
    private const int MaxFields = 8;

    // At least this part of the shorter list must be found in the other.
    private const double MinShared = 0.8;

    /// <summary>The first field, in the order of the items, that is a scalar, unique on both sides and mostly shared; null when there is none.</summary>
    public static string? Of(IndexedValue[] legacy, IndexedValue[] @new)
    {
        if (legacy.Length is < MinItems or > MaxItems || @new.Length is < MinItems or > MaxItems) return null;
        if (legacy[0].Kind != JsonValueKind.Object) return null;
        var field = legacy[0].FirstChild;
        for (var i = 0; i < Math.Min(legacy[0].Count, MaxFields); i++, field = field.Next)
        {
            if (field.Kind is not (JsonValueKind.String or JsonValueKind.Number)) continue;
            var name = JsonText.ToString(field.RawName);
            if (IsKey(new ItemKeys([name]), legacy, @new)) return name;
        }

        return null;
    }

    private static bool IsKey(ItemKeys keys, IndexedValue[] legacy, IndexedValue[] @new)
    {
        var left = new HashSet<UInt128>(legacy.Select(keys.Of));
        var right = new HashSet<UInt128>(@new.Select(keys.Of));
        if (left.Count < legacy.Length || right.Count < @new.Length) return false;
        var shared = left.Count(right.Contains);
        return shared >= MinShared * Math.Min(left.Count, right.Count);
    }
}
