using System.Globalization;
using System.Net;
using System.Text;

namespace Strangler.Core.Compare.Causes;

/// <summary>In which ways one text became another.</summary>
internal static class TextFeatures
{
    // Longer texts are not looked at: each class costs a copy.
    private const int MaxLength = 4_096;

    private static readonly string[] Instants =
        ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd' 'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd"];

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static ChangeClass ChangeOf(string legacy, string @new)
    {
        if (legacy.Length > MaxLength || @new.Length > MaxLength || legacy.Length == 0 || @new.Length == 0) return ChangeClass.None;
        var change = ChangeClass.None;
        if (string.Equals(legacy, @new, StringComparison.OrdinalIgnoreCase)) change |= ChangeClass.Case;
        if (Same(legacy.Trim(), @new.Trim())) change |= ChangeClass.Trim;
        if (Same(WithoutWhitespace(legacy), WithoutWhitespace(@new))) change |= ChangeClass.Whitespace;
        if (Same(WebUtility.HtmlDecode(@new), legacy)) change |= ChangeClass.HtmlEscaped;
        if (Same(WebUtility.HtmlDecode(legacy), @new)) change |= ChangeClass.HtmlUnescaped;
        if (UnicodeForm.Same(legacy, @new)) change |= ChangeClass.UnicodeForm;
        if (IsMisread(legacy, @new) || IsMisread(@new, legacy)) change |= ChangeClass.Misread;
        if (legacy.StartsWith(@new, StringComparison.Ordinal)) change |= ChangeClass.Cut;
        return change;
    }

    /// <summary>
    /// By how much the new instant is later, and what else can be said; null when the texts are no instants. Without a zone both are taken
    /// for UTC, so that a lost zone shows as its offset.
    /// </summary>
    public static DerivedFeatures? ShiftOf(string legacy, string @new)
    {
        if (!TryInstant(legacy, out var left, out var leftZone) || !TryInstant(@new, out var right, out var rightZone)) return null;
        var shift = right - left;
        var same = shift == TimeSpan.Zero ? ChangeClass.SameInstant : ChangeClass.None;
        return new DerivedFeatures { TimeShift = shift, Change = leftZone == rightZone ? same : ChangeClass.Zone };
    }

    private static bool TryInstant(string text, out DateTime instant, out bool hasZone)
    {
        (instant, hasZone) = (default, false);
        if (text.Length is < 10 or > 40 || !TryParse(text, DateTimeStyles.AdjustToUniversal, out instant)) return false;
        hasZone = instant.Kind == DateTimeKind.Utc;
        return hasZone || TryParse(text, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out instant);
    }

    private static bool TryParse(string text, DateTimeStyles styles, out DateTime instant) =>
        DateTime.TryParseExact(text, Instants, CultureInfo.InvariantCulture, styles, out instant);

    private static bool IsMisread(string right, string wrong)
    {
        // Every letter of the wrong one is a byte of the right one, which has letters beyond ASCII.
        if (wrong.Length <= right.Length || wrong.Any(letter => letter > 0xFF)) return false;
        try
        {
            return Same(Strict.GetString(Encoding.Latin1.GetBytes(wrong)), right);
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private static string WithoutWhitespace(string text) => string.Concat(text.Where(letter => !char.IsWhiteSpace(letter)));

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.Ordinal);
}
