using System.Globalization;
using System.Numerics;
using System.Text;

namespace Strangler.Core.Compare;

/// <summary>
/// JSON numbers by value, from the raw token and never through double: 19.90 equals 19.9 and 1E3 equals 1000.0, while
/// 18446744073709551617 and 18446744073709551616 stay apart. A number is its sign, its significant digits without zeros at either
/// end, and the power of ten of the last of them.
/// </summary>
internal readonly ref struct ExactNumber
{
    // Longer exponents than this take the slow way through BigInteger; with this many nothing can overflow.
    private const int MaxExponentDigits = 17;

    private readonly bool _negative;

    // From the first to the last significant digit, with the point if it stands between them; empty for zero.
    private readonly ReadOnlySpan<byte> _digits;
    private readonly long _power;
    private readonly BigInteger? _longPower;

    private ExactNumber(ReadOnlySpan<byte> token)
    {
        var negative = token[0] == (byte)'-';
        var exponentAt = token.IndexOfAny((byte)'e', (byte)'E');
        var mantissa = token[(negative ? 1 : 0)..(exponentAt < 0 ? token.Length : exponentAt)];
        var digits = mantissa.Trim("0."u8);
        if (digits.IsEmpty) return;

        _negative = negative;
        _digits = digits;
        var point = mantissa.IndexOf((byte)'.');
        var units = point < 0 ? mantissa.Length : point;
        var last = mantissa.LastIndexOfAnyExcept((byte)'0', (byte)'.');
        _power = last < units ? units - 1 - last : units - last;
        if (exponentAt < 0) return;

        var exponent = token[(exponentAt + 1)..];
        if (exponent.TrimStart("+-0"u8).Length <= MaxExponentDigits)
            _power += long.Parse(exponent, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        else
            (_longPower, _power) = (_power + BigInteger.Parse(Encoding.ASCII.GetString(exponent), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture), 0);
    }

    /// <summary>True if both tokens have the same value.</summary>
    public static bool Same(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) =>
        left.SequenceEqual(right) || new ExactNumber(left).Equals(new ExactNumber(right));

    /// <summary>The one spelling that all spellings of a value share, for example <c>-125e-1</c> for -12.50.</summary>
    public static string Canonical(ReadOnlySpan<byte> token)
    {
        var number = new ExactNumber(token);
        if (number._digits.IsEmpty) return "0";
        var digits = Encoding.ASCII.GetString(number._digits).Replace(".", "", StringComparison.Ordinal);
        return string.Create(
            CultureInfo.InvariantCulture, $"{(number._negative ? "-" : "")}{digits}e{number._longPower ?? number._power}");
    }

    /// <summary>A hash that all spellings of a value share.</summary>
    public static UInt128 Hash(ReadOnlySpan<byte> token)
    {
        const int stack = 128;
        var number = new ExactNumber(token);
        Span<byte> digits = number._digits.Length <= stack ? stackalloc byte[stack] : new byte[number._digits.Length];
        var length = 0;
        foreach (var digit in number._digits)
            if (digit != (byte)'.') digits[length++] = digit;
        var hash = ValueHash.Of(digits[..length], number._negative ? (byte)'-' : (byte)'n');
        return ValueHash.Combine(hash, (UInt128)(ulong)(number._longPower?.GetHashCode() ?? number._power.GetHashCode()));
    }

    /// <summary>True for all spellings of zero.</summary>
    public static bool IsZero(ReadOnlySpan<byte> token) => new ExactNumber(token)._digits.IsEmpty;

    private bool Equals(ExactNumber other)
    {
        if (_negative != other._negative || _power != other._power || _longPower != other._longPower) return false;
        var left = _digits;
        var right = other._digits;
        var (i, j) = (0, 0);
        while (i < left.Length && j < right.Length)
        {
            if (left[i] == (byte)'.') i++;
            else if (right[j] == (byte)'.') j++;
            else if (left[i++] != right[j++]) return false;
        }

        // Neither ends with a point, so that an end of both is an end of the digits.
        return i == left.Length && j == right.Length;
    }
}
