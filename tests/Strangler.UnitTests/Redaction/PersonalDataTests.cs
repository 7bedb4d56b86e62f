using Shouldly;
using Strangler.Core.Compare;
using Strangler.Core.Redaction;
using Xunit;

namespace Strangler.UnitTests.Redaction;

public sealed class PersonalDataTests
{
    private const int Runs = 3000;
    private static readonly ValueTokens Tokens = new(new byte[ValueTokens.MinKeyBytes]);

    public static TheoryData<PersonalKind> Kinds { get; } = [.. Enum.GetValues<PersonalKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Mask_MadeUpDataBetweenWords_IsReplacedByItsKindAndNothingElseIs(PersonalKind kind)
    {
        var people = new MadeUpPeople(new Random(20261121));
        for (var run = 0; run < Runs; run++)
        {
            var (before, after) = (people.Pick("", "to ", "x=", "(", "\"", "name: "), people.Pick("", " or so", ",", ")", "\"", "; next"));
            var value = people.Of(kind);

            PersonalData.Mask(before + value + after).ShouldBe($"{before}[{kind.ToString().ToLowerInvariant()}]{after}", value);
        }
    }

    [Fact]
    public void Find_WhatAShopHas_IsLeftAlone()
    {
        var people = new MadeUpPeople(new Random(20261121));
        var wrong = new List<string>();
        for (var run = 0; run < 20 * Runs; run++)
        {
            var text = $"{people.Word()} {people.OfAShop()} {people.Word()}";
            if (PersonalData.Find(text).Count > 0) wrong.Add(text);
        }

        // A few random numbers look like a telephone's.
        wrong.Count.ShouldBeLessThanOrEqualTo(20 * Runs / 1000, string.Join("; ", wrong.Take(10)));
    }

    [Theory]
    [InlineData("4006381333931")] // EAN-13 with a right check digit of Luhn, too
    [InlineData("4111111111111")] // thirteen digits
    [InlineData("4111111111111112")] // wrong check digit
    [InlineData("DE89370400440532013001")] // wrong check digits
    [InlineData("XX89370400440532013000")] // no country
    [InlineData("2026-11-21T10:00:00.1234567+01:00")]
    [InlineData("20261121100000")]
    [InlineData("1763719200000")]
    [InlineData("1763719200000000000")]
    [InlineData("0012345678")] // an order number with leading zeros
    [InlineData("SKU-00017-4711")]
    [InlineData("01-02-2026 to 03-04-2026")]
    [InlineData("12,345,678.90")]
    [InlineData("a@b")]
    [InlineData("9f86d081-884c-7d65-9a2f-eaa0c55ad015")]
    [InlineData("d0f8aa8f4111111111111111aa")] // within a longer word
    [InlineData("")]
    public void Find_NothingPersonal_IsEmpty(string text) => PersonalData.Find(text).ShouldBeEmpty();

    [Theory]
    [InlineData("4111 1111 1111 1111", PersonalKind.Card)]
    [InlineData("378282246310005", PersonalKind.Card)]
    [InlineData("DE89 3704 0044 0532 0130 00", PersonalKind.Iban)]
    [InlineData("gb29nwbk60161331926819", PersonalKind.Iban)]
    [InlineData("müller@straße.example", PersonalKind.Email)]
    [InlineData("anna%40example.com", PersonalKind.Email)]
    [InlineData("%2B4930123456789", PersonalKind.Phone)]
    [InlineData("+49 (0) 30 / 123 456-78", PersonalKind.Phone)]
    [InlineData("555-123-4567", PersonalKind.Phone)]
    [InlineData("eyJhbGciOiJub25lIn0.e30.", PersonalKind.Jwt)]
    public void Find_WellKnownExamples_AreFoundAsAWhole(string text, PersonalKind kind) =>
        PersonalData.Find(text).ShouldHaveSingleItem().ShouldBe(new Finding(kind, 0, text.Length));

    [Fact]
    public void Redact_EqualOnes_HaveEqualTokensThatNameTheKind()
    {
        var clean = PersonalData.Redact("a@example.com, b@example.com, a@example.com", Tokens);

        var parts = clean.Split(", ");
        parts[0].ShouldMatch(@"^\[email #[0-9a-f]{16}\]$");
        (parts[0] == parts[2], parts[0] == parts[1]).ShouldBe((true, false));
    }

    [Fact]
    public void Mask_LongText_LeavesNothingAtTheCut()
    {
        var people = new MadeUpPeople(new Random(7));
        for (var run = 0; run < 200; run++)
        {
            var card = people.Of(PersonalKind.Card).Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
            var text = new string('x', run + 3000) + " " + string.Join(' ', Enumerable.Repeat(card, 200));

            PersonalData.Mask(text).ShouldNotContain(card[..9]);
        }
    }

    [Fact]
    public void Shown_TextThatIsCut_IsMaskedBefore()
    {
        var summary = ValueSummary.Shown(SummaryType.String, new string('x', ValueSummary.MaxText - 8) + " 4111111111111111");

        summary.Text!.ShouldNotContain("4111");
    }
}
