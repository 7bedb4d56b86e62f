using Shouldly;
using Strangler.Core.Compare;
using Xunit;

namespace Strangler.UnitTests.Compare;

/// <summary>Rules about single values: how far apart, of what shape, of which types; and which of them had an effect.</summary>
public sealed class ValueRuleTests
{
    private static readonly CompareRule Any = Comparing.Rule("$");

    [Theory]
    [InlineData("0.01", null, null, "10.00", "10.01", true)]
    [InlineData("0.01", null, null, "10.00", "9.99", true)]
    [InlineData("0.01", null, null, "10.00", "10.011", false)]
    [InlineData("0.01", null, null, "0.1", "0.11000000000000000000000000001", false)]
    [InlineData("0.01", null, null, "\"10.00\"", "\"10.01\"", true)]
    [InlineData("0.01", null, null, "\"10.00\"", "\"10.01 \"", false)]
    [InlineData("0.01", null, null, "\"010\"", "\"10.01\"", false)]
    [InlineData("0.01", null, null, "10.00", "\"10.00\"", false)]
    [InlineData(null, "100", null, "10000", "10001", true)]
    [InlineData(null, "100", null, "10000", "10001.1", false)]
    [InlineData(null, "100", null, "-10000", "-10001", true)]
    [InlineData(null, "1000000", null, "0", "0.1", false)]
    [InlineData(null, null, 2, "12.345", "12.35", true)]
    [InlineData(null, null, 2, "12.345", "12.34", true)]
    [InlineData(null, null, 2, "12.344", "12.35", false)]
    [InlineData(null, null, 0, "1e3", "1000.4", true)]
    [InlineData("1", null, null, "123456789012345678901234567890123", "123456789012345678901234567890124", false)]
    [InlineData("1", null, null, "1e400", "2e400", false)]
    [InlineData("1", null, null, "1e-400", "2e-400", false)]
    public void Compare_Tolerated_IsExact(string? abs, string? ppm, int? scale, string legacy, string @new, bool equal)
    {
        var rule = Any with { Tolerate = new Tolerance { Abs = Number(abs), Ppm = Number(ppm), Scale = scale } };

        Comparing.Bodies(legacy, @new, rule).IsEqual.ShouldBe(equal);
    }

    [Fact]
    public void Compare_AlwaysOneCentLow_PassesAndIsCountedInItsDirection()
    {
        var rule = Comparing.Rule("$..price") with { Tolerate = new Tolerance { Abs = 0.01m } };

        var low = Comparing.Bodies("""[{"price":1.00},{"price":2.00},{"price":3}]""", """[{"price":0.99},{"price":1.99},{"price":3.0}]""", rule);
        low.IsEqual.ShouldBeTrue();
        low.Tolerated.ShouldBe([new Tolerated("$[*].price", DifferenceKind.Number, Lower: 2, Higher: 0)]);
        low.Tolerated[0].Sign.ShouldBe(-1);
        Comparing.Bodies("""[{"price":1.00},{"price":2.00}]""", """[{"price":0.99},{"price":2.01}]""", rule).Tolerated[0].Sign.ShouldBe(0);
    }

    [Fact]
    public void Compare_InstantWithinItsBound_IsCountedInItsDirection()
    {
        var rule = Any with { Shape = new ShapeRule(ShapeKind.Instant, TimeSpan.FromSeconds(5)) };

        Comparing.Bodies("\"2026-11-20T18:40:00\"", "\"2026-11-20T18:40:03\"", rule).Tolerated
            .ShouldBe([new Tolerated("$", DifferenceKind.DateShift, Lower: 0, Higher: 1)]);
    }

    [Theory]
    [InlineData(ShapeKind.Uuid, "\"6f9619ff-8b86-d011-b42d-00c04fc964ff\"", "\"00000000-8B86-D011-B42D-00C04FC964FF\"", null)]
    [InlineData(ShapeKind.Uuid, "\"6f9619ff-8b86-d011-b42d-00c04fc964ff\"", "\"6f9619ff8b86d011b42d00c04fc964ff\"", "shape $")]
    [InlineData(ShapeKind.Uuid, "\"6f9619ff-8b86-d011-b42d-00c04fc964ff\"", "null", "type $")]
    [InlineData(ShapeKind.Number, "1", "2", null)]
    [InlineData(ShapeKind.Number, "1", "\"2\"", "type $")]
    [InlineData(ShapeKind.Number, "true", "false", "type $")]
    [InlineData(ShapeKind.String, "\"a\"", "\"b\"", null)]
    [InlineData(ShapeKind.String, "\"a\"", "\"\"", "shape $")]
    [InlineData(ShapeKind.String, "\"a\"", "{}", "type $")]
    [InlineData(ShapeKind.Url, "\"http://a/x\"", "\"https://b/y?z\"", null)]
    [InlineData(ShapeKind.Url, "\"http://a/x\"", "\"/y\"", "shape $")]
    [InlineData(ShapeKind.Url, "\"http://a/x\"", "\"javascript:1\"", "shape $")]
    public void Compare_Shape_IsAllThatCounts(ShapeKind shape, string legacy, string @new, string? expected) =>
        Comparing.Found(legacy, @new, Any with { Shape = new ShapeRule(shape, null) }).ShouldBe(expected is null ? [] : [expected]);

    [Theory]
    [InlineData("\"2025-11-20T18:40:00Z\"", "1763664000", null)]
    [InlineData("1763664000", "1763664000000", null)]
    [InlineData("\"/Date(1763664000000)/\"", "\"2025-11-20T18:40:00.000Z\"", null)]
    [InlineData("\"/Date(1763664000000+0100)/\"", "\"2025-11-20T18:40:00Z\"", null)]
    [InlineData("\"/Date(-1000)/\"", "\"1969-12-31T23:59:59Z\"", null)]
    [InlineData("\"/Date(1763664000000)/\"", "\"2025-11-20T19:40:00Z\"", "date-shift $")]
    [InlineData("\"/Date(1763664000000/\"", "\"2025-11-20T18:40:00Z\"", "date-format $")]
    [InlineData("\"2025-11-20T18:40:00\"", "1763664000", "date-format $")]
    [InlineData("1e400", "1763664000", "date-format $")]
    [InlineData("true", "1763664000", "date-format $")]
    public void Compare_InstantFormats_AreReadAsTheRuleSays(string legacy, string @new, string? expected)
    {
        var formats = new[] { InstantFormat.Iso, InstantFormat.NetDate, InstantFormat.EpochS, InstantFormat.EpochMs };
        var rule = Any with { Shape = new ShapeRule(ShapeKind.Instant, TimeSpan.FromSeconds(1)) { Formats = formats } };

        Comparing.Found(legacy, @new, rule).ShouldBe(expected is null ? [] : [expected]);
    }

    [Theory]
    [InlineData(Coercions.NumericString, "12", "\"12.0\"", true)]
    [InlineData(Coercions.NumericString, "12", "\"12 \"", false)]
    [InlineData(Coercions.NumericString, "18446744073709551617", "\"18446744073709551616\"", false)]
    [InlineData(Coercions.BoolString, "\"true\"", "true", true)]
    [InlineData(Coercions.BoolString, "\"TRUE\"", "true", false)]
    [InlineData(Coercions.EmptyNull, "null", "\"\"", true)]
    [InlineData(Coercions.EmptyNull, "null", "\" \"", false)]
    [InlineData(Coercions.NumericString, "null", "\"\"", false)]
    [InlineData(Coercions.None, "12", "\"12\"", false)]
    public void Compare_Coerced_OnlyWhenToldAndIsNoted(Coercions coerce, string legacy, string @new, bool equal)
    {
        foreach (var (left, right) in new[] { (legacy, @new), (@new, legacy) })
        {
            var comparison = Comparing.Bodies(left, right, Any with { Coerce = coerce });

            comparison.IsEqual.ShouldBe(equal);
            comparison.Notes.Count.ShouldBe(equal ? 1 : 0);
        }
    }

    [Fact]
    public void Compare_NullAndMissing_AreEqualOnlyWhenTold()
    {
        var rule = Comparing.Rule("$.a") with { Coerce = Coercions.NullMissing };

        Comparing.Found("""{"a":null,"b":null}""", "{}", rule).ShouldBe(["null-vs-missing $.b"]);
        Comparing.Noted("{}", """{"a":null}""", rule).ShouldBe(["coerced $.a"]);
        Comparing.Found("""{"a":1}""", "{}", rule).ShouldBe(["missing $.a"]);
    }

    [Theory]
    [InlineData("""{"p":"{\"a\":1,\"b\":[1,2]}"}""", """{"p":"{ \"b\":[1,3],\"a\":1.0}"}""", "number $.p.b[*]")]
    [InlineData("""{"p":"{\"a\":\"{\\\"p\\\":1}\"}"}""", """{"p":"{\"a\":\"{\\\"p\\\":2}\"}"}""", "string $.p.a")]
    [InlineData("""{"p":"{}"}""", """{"p":"{"}""", "parse-failure $.p")]
    [InlineData("""{"p":"x"}""", """{"p":"y"}""", "string $.p")]
    [InlineData("""{"p":"1"}""", """{"p":1}""", "type $.p")]
    [InlineData("""{"q":"{}"}""", """{"q":"{ }"}""", "whitespace $.q")]
    public void Compare_EmbeddedJson_IsReadOnlyWhereTold(string legacy, string @new, string expected) =>
        Comparing.Found(legacy, @new, Comparing.Rule("$.p") with { EmbeddedJson = true }).ShouldBe([expected]);

    [Fact]
    public void Hits_NameTheRulesThatHadAnEffect()
    {
        var rules = new CompareRules(
        [
            Comparing.Rule("$.never", ignore: Comparing.Ignore(Comparing.Today)),
            Comparing.Rule("$.expired", ignore: Comparing.Ignore(Comparing.Today.AddDays(-1))),
            Comparing.Rule("$.other", show: true, operation: "GET /other"),
            Comparing.Rule("$.a", ignore: Comparing.Ignore(Comparing.Today)),
            Comparing.Rule("$.b") with { Tolerate = new Tolerance { Abs = 1 } },
            Comparing.Rule("$.c", shape: new ShapeRule(ShapeKind.Number, null)),
            Comparing.Rule("$.d", unordered: true),
            Comparing.Rule("$.e", show: true),
            Comparing.Rule("$.a", ignore: Comparing.Ignore(Comparing.Today)),
        ]).For("GET /this");

        var comparison = new Comparer(Comparing.Tokens).Compare(
            Comparing.Json("""{"expired":1,"a":1,"b":1,"c":1,"d":[1,2],"e":1}"""),
            Comparing.Json("""{"expired":2,"a":2,"b":2,"c":2,"d":[2,1],"e":2}"""), rules, Comparing.Today);

        comparison.Hits.ShouldBe([3, 4, 5, 6, 7]);
        Comparing.Lines(comparison).ShouldBe(["number $.expired", "number $.e"]);
    }

    [Fact]
    public void Hits_OfEqualAnswersUnderARule_AreKept()
    {
        var comparison = Comparing.Bodies("1", "2", Comparing.Rule("$", ignore: Comparing.Ignore(Comparing.Today)));

        (comparison.IsEqual, comparison.Hits.Count).ShouldBe((true, 1));
    }

    [Theory]
    [InlineData("""[{"n":"x","id":1},{"n":"x","id":2},{"n":"x","id":3}]""", """[{"n":"x","id":3},{"n":"x","id":1},{"n":"x","id":2}]""", "id")]
    [InlineData("""[{"n":"x","id":1},{"n":"x","id":2},{"n":"x","id":2}]""", """[{"n":"x","id":2},{"n":"x","id":1},{"n":"x","id":2}]""", null)]
    [InlineData("""[{"id":1,"v":1},{"id":2,"v":1},{"id":3,"v":1}]""", """[{"id":1,"v":2},{"id":2,"v":2},{"id":3,"v":2}]""", null)]
    [InlineData("""[{"id":1},{"id":2},{"id":3}]""", """[{"id":4},{"id":5},{"id":6},{"id":7}]""", null)]
    [InlineData("[1,2,3]", "[3,1,2]", null)]
    public void Suggested_AListThatAKeyWouldPair_NamesIt(string legacy, string @new, string? field)
    {
        Comparing.Bodies(legacy, @new).Suggested.ShouldBe(field is null ? [] : [new KeySuggestion("$", field)]);
        Comparing.Bodies(legacy, @new, Comparing.Rule("$", matchBy: ["id"])).Suggested.ShouldBeEmpty();
    }

    private static decimal? Number(string? text) => text is null ? null : decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
