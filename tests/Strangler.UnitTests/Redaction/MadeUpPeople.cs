using System.Globalization;
using System.Text;
using Strangler.Core.Redaction;

namespace Strangler.UnitTests.Redaction;

/// <summary>Makes personal data of nobody, and what a shop has that looks like it.</summary>
internal sealed class MadeUpPeople(Random random)
{
    private static readonly string[] Cards = ["4", "51", "55", "2221", "34", "37", "6011", "65", "36", "3528", "62"];
    private static readonly (string Country, int Length)[] Accounts = [("DE", 22), ("GB", 22), ("FR", 27), ("NO", 15), ("MT", 31), ("NL", 18), ("CH", 21)];

    public string Of(PersonalKind kind) => kind switch
    {
        PersonalKind.Jwt => $"eyJhbGciOiJIUzI1NiJ9.{Base64(random.Next(10, 60))}.{Base64(random.Next(0, 40))}",
        PersonalKind.Email => $"{Word()}{Pick(".", "_", "+", "")}{Word()}@{Word()}.{Pick("de", "com", "co.uk", "museum")}",
        PersonalKind.Iban => Iban(),
        PersonalKind.Card => Card(),
        _ => Phone(),
    };

    /// <summary>Article numbers, order numbers, prices, times and the like: nothing of it is personal.</summary>
    public string OfAShop() => random.Next(12) switch
    {
        0 => Digits(13),
        1 => $"SKU-{random.Next(100_000):D5}",
        2 => $"{Word().ToUpperInvariant()}-{Digits(3)}-{Digits(4)}",
        3 => $"ORD-{random.Next(2020, 2030)}-{Digits(6)}",
        4 => $"{random.Next(100_000)}.{random.Next(100):D2}",
        5 => new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddSeconds(random.Next(100_000_000)).ToString("O", CultureInfo.InvariantCulture),
        6 => (1_700_000_000_000L + random.NextInt64(100_000_000_000L)).ToString(CultureInfo.InvariantCulture),
        7 => (1_700_000_000L + random.Next(100_000_000)).ToString(CultureInfo.InvariantCulture),
        8 => $"{random.Next(1_000_000):N2} EUR",
        9 => $"{random.Next(1, 99)} x {random.Next(1, 99)} x {random.Next(1, 99)} cm, {Digits(4)} g",
        10 => Digits(8),
        _ => $"{random.Next(256)}.{random.Next(256)}.{random.Next(256)}.{random.Next(256)}",
    };

    public string Pick(params ReadOnlySpan<string> of) => of[random.Next(of.Length)];

    public string Word()
    {
        var word = new StringBuilder();
        for (var i = random.Next(3, 10); i > 0; i--) word.Append((char)('a' + random.Next(26)));
        return word.ToString();
    }

    private string Digits(int count) => string.Concat(Enumerable.Range(0, count).Select(_ => random.Next(10).ToString(CultureInfo.InvariantCulture)));

    private string Base64(int count) => string.Concat(Enumerable.Range(0, count).Select(_ => "ABCDEFabcdef0123456789-_"[random.Next(24)]));

    private string Phone() => random.Next(6) switch
    {
        0 => $"+49 {random.Next(100, 999)} {random.Next(1_000_000, 9_999_999)}",
        1 => $"+1{random.Next(200, 999)}{random.Next(1_000_000, 9_999_999)}",
        2 => $"0{random.Next(10, 999)}/{random.Next(1_000_000, 9_999_999)}",
        3 => $"({random.Next(200, 999)}) {random.Next(100, 999)}-{random.Next(1000, 9999)}",
        4 => $"0017{random.Next(100, 999)}{random.Next(1_000_000, 9_999_999)}",
        _ => $"0171{random.Next(1_000_000, 9_999_999)}",
    };

    private string Card()
    {
        var head = Pick(Cards);
        var length = head is "34" or "37" ? 15 : head is "36" ? 14 : 16;
        var digits = head + Digits(length - head.Length - 1);
        var sum = digits.Reverse().Select((c, i) => (c - '0') * (i % 2 == 0 ? 2 : 1)).Sum(digit => digit > 9 ? digit - 9 : digit);
        return Grouped(digits + ((10 - (sum % 10)) % 10).ToString(CultureInfo.InvariantCulture));
    }

    private string Iban()
    {
        var (country, length) = Accounts[random.Next(Accounts.Length)];
        var number = Digits(length - 4);
        var numeric = number + string.Concat(country.Select(c => (c - 'A' + 10).ToString(CultureInfo.InvariantCulture))) + "00";
        var check = 98 - (int)(System.Numerics.BigInteger.Parse(numeric, CultureInfo.InvariantCulture) % 97);
        return Grouped(string.Create(CultureInfo.InvariantCulture, $"{country}{check:D2}{number}"));
    }

    private string Grouped(string text)
    {
        var between = Pick("", " ", "-");
        return string.Join(between, text.Chunk(4).Select(chunk => new string(chunk)));
    }
}
