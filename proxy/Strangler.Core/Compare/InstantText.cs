using System.Globalization;
using System.Text.Json;

namespace Strangler.Core.Compare;

/// <summary>Reads instants in the formats that a rule names.</summary>
internal static class InstantText
{
    private const long MillisecondsPerSecond = 1_000;
    private const long LargestMilliseconds = 253_402_300_799_999;
    private static readonly string[] Iso = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd' 'HH:mm:ss.FFFFFFFK"];

    /// <summary>The instant: UTC where the text says a zone or needs none, without a kind where it says none.</summary>
    public static bool TryRead(IndexedValue value, IReadOnlyList<InstantFormat> formats, out DateTime instant)
    {
        instant = default;
        if (value.Kind is not (JsonValueKind.String or JsonValueKind.Number)) return false;
        var isText = value.Kind == JsonValueKind.String;
        var text = JsonText.ToString(isText ? JsonText.Inner(value.Raw) : value.Raw);
        foreach (var format in formats)
            if ((isText || format is InstantFormat.EpochS or InstantFormat.EpochMs) && TryRead(text, format, out instant)) return true;
        return false;
    }

    /// <summary>Reads one text in one format.</summary>
    public static bool TryRead(string text, InstantFormat format, out DateTime instant)
    {
        instant = default;
        return format switch
        {
            InstantFormat.EpochS => TryEpoch(text, MillisecondsPerSecond, out instant),
            InstantFormat.EpochMs => TryEpoch(text, 1, out instant),
            InstantFormat.NetDate => TryNetDate(text, out instant),
            _ => DateTime.TryParseExact(text, Iso, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out instant),
        };
    }

    private static bool TryEpoch(string text, long factor, out DateTime instant)
    {
        instant = default;
        const NumberStyles styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        if (!decimal.TryParse(text, styles, CultureInfo.InvariantCulture, out var number)) return false;
        if (Math.Abs(number) > LargestMilliseconds / factor) return false;
        var ticks = decimal.ToInt64(number * factor * TimeSpan.TicksPerMillisecond);
        if (ticks < -DateTime.UnixEpoch.Ticks) return false;
        instant = DateTime.UnixEpoch.AddTicks(ticks);
        return true;
    }

    // The offset only says how to show the time; the number is UTC already.
    private static bool TryNetDate(string text, out DateTime instant)
    {
        const string start = "/Date(";
        const string end = ")/";
        instant = default;
        if (!text.StartsWith(start, StringComparison.Ordinal) || !text.EndsWith(end, StringComparison.Ordinal)) return false;
        var inner = text[start.Length..^end.Length];
        var offset = inner.AsSpan(Math.Min(1, inner.Length)).IndexOfAny('+', '-');
        return TryEpoch(offset < 0 ? inner : inner[..(offset + 1)], 1, out instant);
    }
}
