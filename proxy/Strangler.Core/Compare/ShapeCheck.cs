using System.Text;
using System.Text.Json;

namespace Strangler.Core.Compare;

/// <summary>Compares two values of which only the shape, and how far apart two instants are, matters.</summary>
internal static class ShapeCheck
{
    private const int UuidLength = 36;

    /// <summary>Null when both keep the shape; else the kind of the difference.</summary>
    /// <param name="rule">The shape.</param>
    /// <param name="legacy">Legacy's value.</param>
    /// <param name="new">The new side's value.</param>
    /// <param name="apart">By how much the new answer is younger: an instant that follows the clock may be later by that.</param>
    /// <param name="sign">Which of two instants is later, when the rule bounds their distance: 1 for the new one.</param>
    public static DifferenceKind? Of(ShapeRule rule, IndexedValue legacy, IndexedValue @new, TimeSpan apart, out int sign)
    {
        sign = 0;
        if (rule.Kind == ShapeKind.Instant) return OfInstants(rule, legacy, @new, apart, out sign);
        if (legacy.Kind != @new.Kind) return DifferenceKind.Type;
        return Has(rule.Kind, legacy) && Has(rule.Kind, @new) && IsEmpty(legacy) == IsEmpty(@new) ? null : DifferenceKind.Shape;
    }

    /// <summary>The same for texts of a body that is no JSON, where a number is a text of one.</summary>
    public static DifferenceKind? OfTexts(ShapeRule rule, string legacy, string @new, TimeSpan apart, out int sign)
    {
        if (rule.Kind == ShapeKind.Instant)
        {
            return Distance(
                rule, TryRead(legacy, out var left) ? left : null, TryRead(@new, out var right) ? right : null, apart, out sign);
        }

        sign = 0;
        return Fits(legacy) && Fits(@new) && legacy.Length == 0 == (@new.Length == 0) ? null : DifferenceKind.Shape;

        bool Fits(string text) => rule.Kind == ShapeKind.Number ? JsonText.IsNumber(Encoding.UTF8.GetBytes(text)) : Has(rule.Kind, text);

        bool TryRead(string text, out DateTime instant)
        {
            instant = default;
            foreach (var format in rule.Formats)
                if (InstantText.TryRead(text, format, out instant)) return true;
            return false;
        }
    }

    /// <summary>Whether a text has the shape.</summary>
    public static bool Has(ShapeKind kind, string text) => kind switch
    {
        ShapeKind.Uuid => text.Length == UuidLength && Guid.TryParseExact(text, "D", out _),
        ShapeKind.Url => Uri.TryCreate(text, UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps),
        _ => kind == ShapeKind.String,
    };

    private static bool Has(ShapeKind kind, IndexedValue value) => value.Kind switch
    {
        JsonValueKind.Number => kind == ShapeKind.Number,
        JsonValueKind.String => Has(kind, JsonText.ToString(JsonText.Inner(value.Raw))),
        _ => false,
    };

    private static bool IsEmpty(IndexedValue value) => value.Kind == JsonValueKind.String && JsonText.Inner(value.Raw).IsEmpty;

    private static DifferenceKind? OfInstants(ShapeRule rule, IndexedValue legacy, IndexedValue @new, TimeSpan apart, out int sign) => Distance(
        rule,
        InstantText.TryRead(legacy, rule.Formats, out var left) ? left : null,
        InstantText.TryRead(@new, rule.Formats, out var right) ? right : null,
        apart,
        out sign);

    private static DifferenceKind? Distance(ShapeRule rule, DateTime? legacy, DateTime? @new, TimeSpan apart, out int sign)
    {
        sign = 0;
        if (legacy is not { } left || @new is not { } right || left.Kind != right.Kind) return DifferenceKind.DateFormat;
        if (rule.Within is not { } limit) return null;
        var later = right - left;
        sign = Math.Sign(later.Ticks);
        return later.Duration() <= limit || (later - apart).Duration() <= limit ? null : DifferenceKind.DateShift;
    }
}
