namespace Strangler.Core.Redaction;

/// <summary>
/// Payment cards: 14 to 19 digits with the beginning and the length of a known scheme, and the check digit of Luhn. Article numbers (EAN) and
/// times in milliseconds have 13 digits and never match.
/// </summary>
internal static class Card
{
    private const int Shortest = 14;
    private const int Longest = 19;

    public static IEnumerable<Finding> Find(string text)
    {
        for (var start = 0; start + Shortest <= text.Length; start++)
        {
            if (!char.IsAsciiDigit(text[start]) || IsWithinNumber(text, start)) continue;
            if (Length(text, start) is not { } length) continue;
            yield return new Finding(PersonalKind.Card, start, length);
            start += length - 1;
        }
    }

    private static bool IsWithinNumber(string text, int start) =>
        start > 0 && (char.IsAsciiLetterOrDigit(text[start - 1]) || (start > 1 && text[start - 1] is '.' or ',' && char.IsAsciiDigit(text[start - 2])));

    // Two numbers may stand side by side, so that the longest beginning that is a card and ends with a group counts.
    private static int? Length(string text, int start)
    {
        Span<byte> digits = stackalloc byte[Longest];
        var count = 0;
        int? length = null;
        for (var i = start; i < text.Length; i++)
        {
            if (char.IsAsciiDigit(text[i]))
            {
                if (count == Longest) break;
                digits[count++] = (byte)(text[i] - '0');
                if (IsEnd(text, i + 1) && count >= Shortest && IsOfAScheme(digits[..count]) && HasCheckDigit(digits[..count])) length = i + 1 - start;
            }
            else if (text[i] is not (' ' or '-') || text[i - 1] is ' ' or '-')
            {
                break;
            }
        }

        return length;
    }

    private static bool IsEnd(string text, int end) => end == text.Length || !char.IsAsciiLetterOrDigit(text[end]);

    private static bool IsOfAScheme(ReadOnlySpan<byte> digits)
    {
        var (two, three, four) = ((digits[0] * 10) + digits[1], (digits[0] * 100) + (digits[1] * 10) + digits[2], (digits[0] * 1000) + (digits[1] * 100) + (digits[2] * 10) + digits[3]);
        return digits.Length switch
        {
            14 => two is 36 or 38 or 39 || three is >= 300 and <= 305,
            15 => two is 34 or 37,
            16 => digits[0] == 4 || two is >= 51 and <= 55 or 50 or >= 56 and <= 58 or 62 or 65 or 36 or 38 or 39 || four is >= 2221 and <= 2720 or 6011 or >= 3528 and <= 3589
                || three is >= 644 and <= 649,
            19 => digits[0] == 4 || two is 62 or 65 or 50 or >= 56 and <= 58 || four is 6011 or >= 3528 and <= 3589,
            _ => two is 62 or 65 or 50 or >= 56 and <= 58 || four is 6011,
        };
    }

    private static bool HasCheckDigit(ReadOnlySpan<byte> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            int digit = digits[digits.Length - 1 - i];
            if (i % 2 == 1) digit = digit > 4 ? (digit * 2) - 9 : digit * 2;
            sum += digit;
        }

        return sum % 10 == 0;
    }
}
