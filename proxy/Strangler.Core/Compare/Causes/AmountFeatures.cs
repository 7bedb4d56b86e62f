using System.Globalization;

namespace Strangler.Core.Compare.Causes;

/// <summary>
/// Reads numbers as exact decimals and says how they relate. Only numbers that can be amounts are looked at: longer ones are
/// identifiers, of which nothing may be kept.
/// </summary>
internal static class AmountFeatures
{
    /// <summary>The most decimals that rounding is looked for.</summary>
    public const int MaxDecimals = 7;

    private const int MaxDigits = 9;

    // Within these bounds no product or quotient below can overflow.
    private const int MaxScale = 8;
    private const decimal Largest = 1_000_000_000_000m;
    private const int RatioDecimals = 6;
    private const decimal LargestRatio = 10_000m;
    private const decimal PartsPerMillion = 1_000_000m;

    /// <summary>The number that a token or a text stands for, exactly; false for anything but a short JSON number.</summary>
    public static bool TryRead(ReadOnlySpan<byte> token, out decimal value)
    {
        value = 0;
        return token.Length is > 0 and <= 2 * MaxDigits
            && IsNumber(token)
            && decimal.TryParse(token, NumberStyles.Float, CultureInfo.InvariantCulture, out value)
            && value.Scale <= MaxScale
            && Math.Abs(value) < Largest;
    }

    /// <summary>What can be said of two different numbers.</summary>
    public static DerivedFeatures Of(decimal legacy, decimal @new, ValueTokens tokens)
    {
        var delta = @new - legacy;
        return new DerivedFeatures
        {
            Change = IsLastDigit(legacy, @new, delta) ? ChangeClass.LastDigit : ChangeClass.None,
            Higher = delta > 0,
            DistanceAtMost = legacy == 0 || @new == 0 ? null : Steps.Up(Math.Abs(delta)),
            RelativeAtMost = legacy == 0 || @new == 0 ? null : Steps.Up(Math.Abs(delta / legacy) * PartsPerMillion),
            Amount = AmountOf(legacy, @new, tokens),
        };
    }

    private static AmountChange AmountOf(decimal legacy, decimal @new, ValueTokens tokens)
    {
        decimal? delta = legacy == 0 || @new == 0 ? null : @new - legacy;
        var change = new AmountChange
        {
            Delta = delta,
            DeltaToken = delta is { } value ? tokens.Token($"delta:{DecimalText.Of(value)}") : null,
            Rounded = Digits(legacy, @new, IsRounded),
            CutOff = Digits(legacy, @new, static (value, digits, result) => Math.Round(value, digits, MidpointRounding.ToZero) == result),
            Finer = Digits(@new, legacy, IsRounded),
        };
        if (legacy == 0 || @new == 0 || legacy > 0 != @new > 0) return change;

        var quotient = @new / legacy;
        if (quotient is > LargestRatio or < 1 / LargestRatio) return change;
        var half = new decimal(5, 0, 0, false, (byte)(@new.Scale + 1));
        var (low, high) = ((Math.Abs(@new) - half) / Math.Abs(legacy), (Math.Abs(@new) + half) / Math.Abs(legacy));
        var exact = Math.Round(quotient, RatioDecimals);
        return change with { Low = low, High = high, Ratio = exact * legacy == @new ? exact : null };
    }

    private static bool IsLastDigit(decimal legacy, decimal @new, decimal delta) =>
        legacy.Scale == @new.Scale && legacy.Scale > 0 && Math.Abs(delta) == new decimal(1, 0, 0, false, legacy.Scale);

    // Zeros at the end are often left out, so that 12.3 may be 12.3012 rounded to two decimals.
    private static int Digits(decimal from, decimal to, Func<decimal, int, decimal, bool> gives)
    {
        var digits = 0;
        for (var d = (int)to.Scale; d < from.Scale && d <= MaxDecimals; d++)
            if (gives(from, d, to)) digits |= 1 << d;
        return digits;
    }

    private static bool IsRounded(decimal value, int digits, decimal result) =>
        Math.Round(value, digits, MidpointRounding.AwayFromZero) == result || Math.Round(value, digits, MidpointRounding.ToEven) == result;

    // Texts come here too: a postcode such as 01234 is no number.
    private static bool IsNumber(ReadOnlySpan<byte> token)
    {
        var digits = token[0] == (byte)'-' ? token[1..] : token;
        var count = 0;
        foreach (var letter in digits)
            if (char.IsAsciiDigit((char)letter)) count++;
        return count is > 0 and <= MaxDigits && char.IsAsciiDigit((char)digits[0]) && char.IsAsciiDigit((char)digits[^1])
            && (digits.Length == 1 || digits[0] != (byte)'0' || !char.IsAsciiDigit((char)digits[1]));
    }
}
