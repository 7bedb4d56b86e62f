using System.Globalization;
using System.Text.Json;

namespace Strangler.Core.Compare;

/// <summary>Compares two values of which only that they are instants, and how far apart, matters.</summary>
internal static class InstantShape
{
    private static readonly string[] Formats = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd' 'HH:mm:ss.FFFFFFFK"];

    /// <summary>Null when both keep the shape; else the kind of the difference.</summary>
    /// <param name="legacy">Legacy's value.</param>
    /// <param name="new">The new side's value.</param>
    /// <param name="within">How far apart they may be; null for any distance.</param>
    /// <param name="apart">By how much the new answer is younger: an instant that follows the clock may be later by that.</param>
    public static DifferenceKind? Check(IndexedValue legacy, IndexedValue @new, TimeSpan? within, TimeSpan apart)
    {
        if (!TryParse(legacy, out var left) || !TryParse(@new, out var right) || left.Kind != right.Kind) return DifferenceKind.DateFormat;
        if (within is not { } limit) return null;
        var later = right - left;
        return later.Duration() <= limit || (later - apart).Duration() <= limit ? null : DifferenceKind.DateShift;
    }

    // A time with a zone becomes UTC, one without keeps no kind: the two cannot be compared with each other.
    private static bool TryParse(IndexedValue value, out DateTime instant)
    {
        instant = default;
        return value.Kind == JsonValueKind.String
            && DateTime.TryParseExact(
                JsonText.ToString(JsonText.Inner(value.Raw)), Formats, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out instant);
    }
}
