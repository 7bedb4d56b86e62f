using Shouldly;
using Strangler.Core.Compare;
using Xunit;

namespace Strangler.UnitTests.Compare;

public sealed class RuleTests
{
    [Fact]
    public void Compare_IgnoredKind_IsHiddenAtAndBelowThePathOnly() =>
        Comparing.Found(
            """{"a":{"x":1},"b":1}""",
            """{"a":{"x":1,"y":2},"b":1,"c":3}""",
            Comparing.Rule("$.a", ignore: Comparing.Ignore(Comparing.Today, DifferenceKind.Extra)))
            .ShouldBe(["extra $.c"]);

    [Fact]
    public void Compare_OtherKindThanTheIgnored_IsStillSeen() =>
        Comparing.Found("""{"a":1}""", """{"a":2}""", Comparing.Rule("$.a", ignore: Comparing.Ignore(Comparing.Today, DifferenceKind.Extra)))
            .ShouldBe(["number $.a"]);

    [Fact]
    public void Compare_ExpiredIgnore_ComesBackTheDayAfter()
    {
        var lastDay = Comparing.Rule("$.a", ignore: Comparing.Ignore(Comparing.Today));
        var yesterday = Comparing.Rule("$.a", ignore: Comparing.Ignore(Comparing.Today.AddDays(-1)));

        Comparing.Found("""{"a":1}""", """{"a":2}""", lastDay).ShouldBeEmpty();
        Comparing.Found("""{"a":1}""", """{"a":2}""", yesterday).ShouldBe(["number $.a"]);
    }

    [Fact]
    public void Compare_IgnoredPath_IsNoPrefixOfAText() =>
        Comparing.Found("""{"price":1,"priceCurrency":"EUR"}""", """{"price":2,"priceCurrency":"USD"}""",
            Comparing.Rule("$.price", ignore: Comparing.Ignore(Comparing.Today)))
            .ShouldBe(["string $.priceCurrency"]);

    [Theory]
    [InlineData("\"2026-11-20T18:40:00.123\"", "\"2026-11-20T18:40:04\"", null)]
    [InlineData("\"2026-11-20T18:40:00\"", "\"2026-11-20T18:40:06\"", "date-shift $.t")]
    [InlineData("\"2026-11-20T18:40:00Z\"", "\"2026-11-20T19:40:01+01:00\"", null)]
    [InlineData("\"2026-11-20T18:40:00Z\"", "\"2026-11-20T18:40:00\"", "date-format $.t")]
    [InlineData("\"2026-11-20T18:40:00Z\"", "null", "date-format $.t")]
    [InlineData("\"2026-11-20T18:40:00Z\"", "1763664000", "date-format $.t")]
    [InlineData("\"2026-11-20T18:40:00Z\"", "\"yesterday\"", "date-format $.t")]
    public void Compare_InstantShape_LooksAtShapeAndDistance(string legacy, string @new, string? expected)
    {
        var rule = Comparing.Rule("$..t", shape: new ShapeRule(ShapeKind.Instant, TimeSpan.FromSeconds(5)));

        Comparing.Found($$"""{"t":{{legacy}}}""", $$"""{"t":{{@new}}}""", rule).ShouldBe(expected is null ? [] : [expected]);
    }

    [Theory]
    [InlineData("2026-11-20T18:40:00", 0)]
    [InlineData("2026-11-20T18:40:30", 0)]
    [InlineData("2026-11-20T18:40:15", 1)]
    [InlineData("2026-11-20T18:39:30", 1)]
    public void Compare_NewAnswerYounger_InstantMayStandStillOrFollowTheClock(string @new, int differences)
    {
        var rules = new CompareRules([Comparing.Rule("$", shape: new ShapeRule(ShapeKind.Instant, TimeSpan.FromSeconds(5)))]);

        new Comparer(Comparing.Tokens)
            .Compare(Comparing.Json("\"2026-11-20T18:40:00\""), Comparing.Json($"\"{@new}\""), rules, Comparing.Today, apart: TimeSpan.FromSeconds(30))
            .Differences.Count.ShouldBe(differences);
    }

    [Fact]
    public void Compare_InstantShapeWithoutWindow_AcceptsAnyDistance() =>
        Comparing.Found("""{"t":"2020-01-01T00:00:00"}""", """{"t":"2026-01-01T00:00:00"}""",
            Comparing.Rule("$.t", shape: new ShapeRule(ShapeKind.Instant, null)))
            .ShouldBeEmpty();

    [Fact]
    public void For_AnotherOperation_LeavesItsRulesOut()
    {
        var rules = new CompareRules([Comparing.Rule("$", unordered: true, operation: "GET /api/search"), Comparing.Rule("$.x", show: true)]);
        var comparer = new Comparer(Comparing.Tokens);
        Comparison Compare(string operation) =>
            comparer.Compare(Comparing.Json("[1,2]"), Comparing.Json("[2,1]"), rules.For(operation), Comparing.Today);

        Compare("GET /api/search").IsEqual.ShouldBeTrue();
        Comparing.Lines(Compare("GET /api/products")).ShouldBe(["order $"]);
    }
}
