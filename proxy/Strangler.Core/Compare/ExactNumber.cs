using System.Globalization;
using System.Text;

namespace Strangler.Core.Compare;

/// <summary>
/// JSON numbers by value, from the raw token and never through double: 19.90 equals 19.9 and 1E3 equals 1000.0, while
/// 18446744073709551617 and 18446744073709551616 stay apart.
/// </summary>
internal static class ExactNumber
{
    // Longer exponents than this do not fit the arithmetic; such numbers are compared as they are written.
    private const int MaxExponentDigits = 17;

    public static bool Same(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) =>
        left.SequenceEqual(right) || string.Equals(Canonical(left), Canonical(right), StringComparison.Ordinal);

    /// <summary>The one spelling that all spellings of a value share: significant digits without zeros at either end, and the exponent.</summary>
    public static string Canonical(ReadOnlySpan<byte> token)
    {
        var text = Encoding.ASCII.GetString(token);
        var negative = text.StartsWith('-');
        var exponentAt = text.IndexOfAny(['e', 'E']);
        var mantissa = text.AsSpan(negative ? 1 : 0, (exponentAt < 0 ? text.Length : exponentAt) - (negative ? 1 : 0));
        var exponent = exponentAt < 0 ? 0 : ParseExponent(text.AsSpan(exponentAt + 1));

        var point = mantissa.IndexOf('.');
        var digits = point < 0 ? mantissa.ToString() : string.Concat(mantissa[..point], mantissa[(point + 1)..]);
        var significant = digits.TrimStart('0');
        if (significant.Length == 0) return "0";
        if (exponent is not { } power) return text;

        var trimmed = significant.TrimEnd('0');
        power += significant.Length - trimmed.Length - (point < 0 ? 0 : mantissa.Length - point - 1);
        return string.Create(CultureInfo.InvariantCulture, $"{(negative ? "-" : "")}{trimmed}e{power}");
    }

    private static long? ParseExponent(ReadOnlySpan<char> text)
    {
        var negative = text[0] == '-';
        var digits = text.TrimStart("+-").TrimStart('0');
        if (digits.Length > MaxExponentDigits) return null;
        var value = digits.Length == 0 ? 0 : long.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
        return negative ? -value : value;
    }
}
