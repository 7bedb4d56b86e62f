using System.Globalization;
using System.Text;

namespace Strangler.Core.Compare;

/// <summary>How far apart two numbers may be. One of the bounds is enough; all are exact, nothing goes through double.</summary>
public sealed record Tolerance
{
    /// <summary>The most decimals that <see cref="Scale"/> may ask for.</summary>
    public const int MaxScale = 10;

    private const decimal PartsPerMillion = 1_000_000m;
    private const int MaxDigits = 28;

    /// <summary>The greatest distance, inclusive; null for none. Never negative.</summary>
    public decimal? Abs { get; init; }

    /// <summary>The greatest distance in millionths of legacy's value, inclusive, at most 1,000,000; null for none.</summary>
    public decimal? Ppm { get; init; }

    /// <summary>Numbers are equal when both are the same rounded to so many decimals, halves away from zero or to even; null for no such rule.</summary>
    public int? Scale { get; init; }

    /// <summary>True if two JSON numbers are near enough. Numbers of more than 28 digits never are.</summary>
    internal bool Accepts(ReadOnlySpan<byte> legacy, ReadOnlySpan<byte> @new, out int sign)
    {
        sign = 0;
        if (!TryRead(legacy, out var left) || !TryRead(@new, out var right)) return false;
        sign = right.CompareTo(left);
        return IsNear(left, right);
    }

    private bool IsNear(decimal legacy, decimal @new)
    {
        var distance = Math.Abs(@new - legacy);
        if (Abs is { } abs && distance <= abs) return true;
        if (Ppm is { } ppm && distance <= Math.Abs(legacy) / PartsPerMillion * ppm) return true;
        return Scale is { } scale && (Same(legacy, @new, scale, MidpointRounding.AwayFromZero) || Same(legacy, @new, scale, MidpointRounding.ToEven));
    }

    private static bool Same(decimal legacy, decimal @new, int scale, MidpointRounding mode) => Math.Round(legacy, scale, mode) == Math.Round(@new, scale, mode);

    // The parser rounds what it cannot hold; only what it gives back unchanged is taken.
    private static bool TryRead(ReadOnlySpan<byte> token, out decimal value)
    {
        const decimal largest = 1e27m;
        value = 0;
        return token.Length <= 2 * MaxDigits
            && decimal.TryParse(token, NumberStyles.Float, CultureInfo.InvariantCulture, out value)
            && Math.Abs(value) < largest
            && ExactNumber.Same(token, Encoding.ASCII.GetBytes(value.ToString(CultureInfo.InvariantCulture)));
    }
}
