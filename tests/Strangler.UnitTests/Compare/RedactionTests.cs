using System.Text.Json;
using Shouldly;
using Strangler.Core.Compare;
using Xunit;

namespace Strangler.UnitTests.Compare;

public sealed class RedactionTests
{
    private const string Legacy = """{"customer":{"mail":"ada@example.org","age":36,"vip":true,"tags":["secret-tag"]},"total":23.78}""";
    private const string New = """{"customer":{"mail":"bob@example.org","age":1815,"vip":false,"tags":["other-tag"]},"total":23.79}""";

    [Fact]
    public void Compare_WithoutShow_KeepsNoValue()
    {
        var kept = JsonSerializer.Serialize(Comparing.Bodies(Legacy, New));

        foreach (var personal in new[] { "ada", "bob", "example.org", "1815", "-tag", "23.7", "\"true\"", "\"36\"" })
            kept.ShouldNotContain(personal);
        kept.ShouldContain("$.customer.mail");
    }

    [Fact]
    public void Compare_WithShow_KeepsTheValuesAtExactlyThatPath()
    {
        var differences = Comparing.Bodies(Legacy, New, Comparing.Rule("$.total", show: true), Comparing.Rule("$.customer", show: true)).Differences;

        var total = differences.Single(difference => difference.Path == "$.total");
        (total.Legacy.ToString(), total.New.ToString()).ShouldBe(("23.78", "23.79"));
        differences.Where(difference => difference.Path != "$.total").ShouldAllBe(d => d.Legacy.Text == null && d.New.Text == null);
    }

    [Fact]
    public void Compare_SameValueElsewhere_HasTheSameToken()
    {
        var differences = Comparing.Bodies("""{"a":1.50,"b":2}""", """{"a":2,"b":1.5}""").Differences;

        differences[0].Legacy.Token.ShouldNotBeNull().ShouldBe(differences[1].New.Token);
        differences[0].New.Token.ShouldBe(differences[1].Legacy.Token);
    }

    [Fact]
    public void Token_UnderAnotherKey_IsAnother()
    {
        var other = new ValueTokens(Enumerable.Repeat((byte)7, ValueTokens.MinKeyBytes).ToArray());

        string.Equals(other.Token("ada"), Comparing.Tokens.Token("ada"), StringComparison.Ordinal).ShouldBeFalse();
    }

    [Fact]
    public void Tokens_ShortKey_IsRefused()
    {
        var key = new byte[ValueTokens.MinKeyBytes - 1];

        Should.Throw<ArgumentException>(() => new ValueTokens(key));
    }

    [Fact]
    public void Shown_LongText_IsCut() =>
        ValueSummary.Shown(SummaryType.String, new string('x', 5000)).Text!.Length.ShouldBe(ValueSummary.MaxText + "...".Length);
}
