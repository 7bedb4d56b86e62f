using System.Text.RegularExpressions;

namespace Strangler.Core.Redaction;

/// <summary>The detectors, in the order of <see cref="PersonalKind"/>. They prefer numbers with check digits and known beginnings, so that those of a shop are left alone.</summary>
internal static partial class Detectors
{
    private const int Timeout = 1000;

    public static IEnumerable<Finding> All(string text) => Of(PersonalKind.Jwt, Jwt(), text)
        .Concat(Of(PersonalKind.Email, Email(), text))
        .Concat(Iban.Find(text))
        .Concat(Card.Find(text))
        .Concat(Of(PersonalKind.Phone, Phone(), text).Where(IsNumberOfPhone(text)));

    private static IEnumerable<Finding> Of(PersonalKind kind, Regex detector, string text) =>
        detector.Matches(text).Select(match => new Finding(kind, match.Index, match.Length));

    private static Func<Finding, bool> IsNumberOfPhone(string text) => finding =>
    {
        const int fewest = 8;
        const int most = 15;
        var digits = 0;
        var value = text.AsSpan(finding.Start, finding.Length);
        for (var i = 0; i < value.Length; i++)
        {
            // An encoded plus, or an encoded blank.
            if (value[i] == '%') i += 2;
            else if (char.IsAsciiDigit(value[i])) digits++;
        }

        return digits is >= fewest and <= most;
    };

    // {"... in base64url; the rest of a token that was cut is as bad as the whole.
    [GeneratedRegex(@"eyJ[A-Za-z0-9_-]{10,}(?:\.[A-Za-z0-9_-]*){0,2}", RegexOptions.CultureInvariant, Timeout)]
    private static partial Regex Jwt();

    [GeneratedRegex(@"[\p{L}\p{N}._%+'-]{1,64}(?:@|%40)[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{2,63})+", RegexOptions.CultureInvariant, Timeout)]
    private static partial Regex Email();

    // With a country: +49 30 1234567, 0049-30-1234567. With an area code and something between: 030/1234567, (555) 123-4567, 555-123-4567.
    // Mobile numbers that are written in one: 01712345678 (Germany), 07911123456 (United Kingdom).
    [GeneratedRegex(
        @"(?<![\p{L}\p{N}._-])(?:(?:\+|%2B)[1-9](?:(?:[ ()/-]|%20){0,3}[0-9]){7,14}"
        + @"|00[1-9](?:[ ()/-]{0,2}[0-9]){8,12}"
        + @"|0[1-9][0-9]{1,4}[ /-]{1,3}[0-9](?:[ /-]?[0-9]){5,8}"
        + @"|\([2-9][0-9]{2}\) ?[0-9]{3}[ .-][0-9]{4}"
        + @"|[2-9][0-9]{2}[.-][0-9]{3}[.-][0-9]{4}"
        + @"|0(?:1[5-7][0-9]{8,9}|7[0-9]{9}))(?![\p{L}\p{N}]|[.,-][0-9])",
        RegexOptions.CultureInvariant, Timeout)]
    private static partial Regex Phone();
}
