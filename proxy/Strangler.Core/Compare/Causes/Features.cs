using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Strangler.Core.Compare.Causes;

/// <summary>Takes the derived features of a pair of values while both are at hand.</summary>
internal static class Features
{
    // 2001 to 2100: numbers in this range, or a thousand times as large, may be seconds or milliseconds since 1970.
    private const long FirstSecond = 978_307_200;
    private const long LastSecond = 4_102_444_800;
    private const int LongestEpoch = 13;

    // Anything else may as well be two identifiers that are near each other.
    private static readonly TimeSpan ZoneStep = TimeSpan.FromMinutes(15);

    /// <summary>The features of one difference; null when there is nothing to say.</summary>
    public static DerivedFeatures? Of(DifferenceKind kind, IndexedValue legacy, IndexedValue @new, ValueTokens tokens)
    {
        if (legacy.Index is null || @new.Index is null) return null;
        if (kind == DifferenceKind.Order) return OrderFeatures.Of(legacy, @new);
        return (legacy.Kind, @new.Kind) switch
        {
            (JsonValueKind.Number, JsonValueKind.Number) => OfNumbers(legacy.Raw, @new.Raw, tokens),
            (JsonValueKind.String, JsonValueKind.String) => OfTexts(TextOf(legacy), TextOf(@new), tokens),
            _ when IsRetyped(legacy, @new) || IsRetyped(@new, legacy) => new DerivedFeatures { Change = ChangeClass.Retyped },
            _ => null,
        };
    }

    private static DerivedFeatures? OfNumbers(ReadOnlySpan<byte> legacy, ReadOnlySpan<byte> @new, ValueTokens tokens)
    {
        if (EpochShift(legacy, @new) is { } shift) return new DerivedFeatures { TimeShift = shift };
        return AmountFeatures.TryRead(legacy, out var left) && AmountFeatures.TryRead(@new, out var right) && left != right
            ? AmountFeatures.Of(left, right, tokens)
            : null;
    }

    /// <summary>The features of two texts; null when there is nothing to say.</summary>
    public static DerivedFeatures? OfTexts(string legacy, string @new, ValueTokens tokens)
    {
        if (legacy.Length <= LongestEpoch && @new.Length <= LongestEpoch && OfNumbers(Encoding.UTF8.GetBytes(legacy), Encoding.UTF8.GetBytes(@new), tokens) is { } amounts)
            return amounts;
        if (TextFeatures.ShiftOf(legacy, @new) is { } instants) return instants;
        var change = TextFeatures.ChangeOf(legacy, @new);
        return change == ChangeClass.None ? null : new DerivedFeatures { Change = change };
    }

    private static string TextOf(IndexedValue value) => JsonText.ToString(JsonText.Inner(value.Raw));

    private static TimeSpan? EpochShift(ReadOnlySpan<byte> legacy, ReadOnlySpan<byte> @new)
    {
        if (!TryEpoch(legacy, out var left) || !TryEpoch(@new, out var right)) return null;
        var shift = right - left;
        return shift != TimeSpan.Zero && shift.Ticks % ZoneStep.Ticks == 0 ? shift : null;
    }

    private static bool TryEpoch(ReadOnlySpan<byte> token, out TimeSpan since)
    {
        since = default;
        if (token.Length > LongestEpoch || !long.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return false;
        if (number is >= FirstSecond and <= LastSecond) since = TimeSpan.FromSeconds(number);
        else if (number is >= FirstSecond * 1000 and <= LastSecond * 1000) since = TimeSpan.FromMilliseconds(number);
        return since > TimeSpan.Zero;
    }

    private static bool IsRetyped(IndexedValue plain, IndexedValue text)
    {
        if (text.Kind != JsonValueKind.String) return false;
        var inner = JsonText.Unescape(JsonText.Inner(text.Raw));
        return plain.Kind switch
        {
            JsonValueKind.Null => inner.IsEmpty,
            JsonValueKind.True or JsonValueKind.False => inner.SequenceEqual(plain.Raw),
            JsonValueKind.Number => inner.SequenceEqual(plain.Raw)
                || (AmountFeatures.TryRead(inner, out var left) && AmountFeatures.TryRead(plain.Raw, out var right) && left == right),
            _ => false,
        };
    }
}
