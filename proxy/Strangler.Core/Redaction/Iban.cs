using System.Collections.Frozen;
using System.Globalization;

namespace Strangler.Core.Redaction;

/// <summary>Account numbers (ISO 13616): a country, its length, and check digits that are right. Blanks and hyphens between groups do not matter.</summary>
internal static class Iban
{
    private const string Lengths =
        "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 "
        + "GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 "
        + "NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30";

    private static readonly FrozenDictionary<string, int> LengthOf = Lengths.Split(' ')
        .ToFrozenDictionary(entry => entry[..2], entry => int.Parse(entry.AsSpan(2), CultureInfo.InvariantCulture), StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> ByCountry = LengthOf.GetAlternateLookup<ReadOnlySpan<char>>();

    public static IEnumerable<Finding> Find(string text)
    {
        for (var start = 0; start + 4 <= text.Length; start++)
        {
            if (Length(text, start) is not { } length) continue;
            yield return new Finding(PersonalKind.Iban, start, length);
            start += length - 1;
        }
    }

    private static int? Length(string text, int start)
    {
        var at = text.AsSpan(start);
        if (start > 0 && char.IsAsciiLetterOrDigit(text[start - 1])) return null;
        if (!char.IsAsciiLetter(at[0]) || !char.IsAsciiLetter(at[1]) || !char.IsAsciiDigit(at[2]) || !char.IsAsciiDigit(at[3])) return null;
        if (!ByCountry.TryGetValue(at[..2], out var wanted)) return null;
        Span<char> number = stackalloc char[wanted];
        var count = 0;
        var end = 0;
        for (; end < at.Length && count < wanted; end++)
        {
            if (char.IsAsciiLetterOrDigit(at[end])) number[count++] = char.ToUpperInvariant(at[end]);
            else if (at[end] is not (' ' or '-') || at[end - 1] is ' ' or '-') return null;
        }

        if (count < wanted || (end < at.Length && char.IsAsciiLetterOrDigit(at[end]))) return null;
        return Remainder(number) == 1 ? end : null;
    }

    private static int Remainder(ReadOnlySpan<char> number)
    {
        const int modulus = 97;
        const int head = 4;
        var remainder = 0;
        for (var i = 0; i < number.Length; i++)
        {
            var c = number[(i + head) % number.Length];
            remainder = char.IsAsciiDigit(c) ? ((remainder * 10) + c - '0') % modulus : ((remainder * 100) + c - 'A' + 10) % modulus;
        }

        return remainder;
    }
}
