using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Strangler.Core.Compare;
using Xunit;

namespace Strangler.UnitTests.Compare;

/// <summary>What a preview says is checked against what the comparer then does.</summary>
public sealed class RulePreviewTests
{
    private static readonly CompareRule Any = Comparing.Rule("$");

    public static TheoryData<CompareRule, string, string, PreviewEffect> Cases => new()
    {
        { Comparing.Rule("$", ignore: Comparing.Ignore(Comparing.Today, DifferenceKind.Number)), "1", "2", PreviewEffect.Hidden },
        { Comparing.Rule("$", ignore: Comparing.Ignore(Comparing.Today, DifferenceKind.Extra)), "1", "2", PreviewEffect.Stays },
        { Comparing.Rule("$", ignore: Comparing.Ignore(Comparing.Today.AddDays(-1))), "1", "2", PreviewEffect.Stays },
        { Comparing.Rule("$.x", show: true), "1", "2", PreviewEffect.Stays },
        { Any with { Tolerate = new Tolerance { Abs = 0.01m } }, "10.00", "10.01", PreviewEffect.Hidden },
        { Any with { Tolerate = new Tolerance { Abs = 0.01m } }, "10.00", "10.03", PreviewEffect.Stays },
        { Any with { Tolerate = new Tolerance { Abs = 0.04m } }, "10.00", "10.03", PreviewEffect.NotKnown },
        { Any with { Tolerate = new Tolerance { Ppm = 2000 } }, "1000", "1001", PreviewEffect.Hidden },
        { Any with { Tolerate = new Tolerance { Scale = 2 } }, "10.004", "10.00", PreviewEffect.NotKnown },
        { Any with { Tolerate = new Tolerance { Abs = 1 } }, "\"1\"", "\"2\"", PreviewEffect.Hidden },
        { Any with { Tolerate = new Tolerance { Abs = 1 } }, "\"a\"", "\"b\"", PreviewEffect.Stays },
        { Any with { Tolerate = new Tolerance { Abs = 1 } }, "1234567890123", "1234567890124", PreviewEffect.NotKnown },
        { Any with { Shape = new ShapeRule(ShapeKind.Number, null) }, "1", "2", PreviewEffect.Hidden },
        { Any with { Shape = new ShapeRule(ShapeKind.Number, null) }, "\"1\"", "\"2\"", PreviewEffect.Stays },
        { Any with { Shape = new ShapeRule(ShapeKind.Number, null) }, "1", "null", PreviewEffect.Stays },
        { Any with { Shape = new ShapeRule(ShapeKind.String, null) }, "\"1\"", "\"2\"", PreviewEffect.Hidden },
        { Any with { Shape = new ShapeRule(ShapeKind.Uuid, null) }, "\"1\"", "\"2\"", PreviewEffect.Stays },
        { Any with { Shape = new ShapeRule(ShapeKind.Url, null) }, "\"http://a\"", "\"http://b\"", PreviewEffect.NotKnown },
        { Any with { Shape = new ShapeRule(ShapeKind.Instant, TimeSpan.FromHours(1)) }, "\"2026-11-20T18:40:00\"", "\"2026-11-20T19:40:00\"", PreviewEffect.Hidden },
        { Any with { Shape = new ShapeRule(ShapeKind.Instant, TimeSpan.FromMinutes(1)) }, "\"2026-11-20T18:40:00\"", "\"2026-11-20T17:40:00\"", PreviewEffect.Stays },
        { Any with { Shape = new ShapeRule(ShapeKind.Instant, null) }, "\"2026-11-20T18:40:00\"", "\"2026-11-20T18:40:00Z\"", PreviewEffect.Stays },
        { Any with { Shape = new ShapeRule(ShapeKind.Instant, null) }, "\"2026-11-20\"", "\"2026-11-21\"", PreviewEffect.Stays },
        { Any with { Shape = new ShapeRule(ShapeKind.Instant, null) }, "1763664000", "1763667600", PreviewEffect.Stays },
        { Any with { Coerce = Coercions.NumericString }, "12", "\"12\"", PreviewEffect.Hidden },
        { Any with { Coerce = Coercions.BoolString }, "12", "\"12\"", PreviewEffect.Stays },
        { Any with { Coerce = Coercions.EmptyNull }, "null", "\"\"", PreviewEffect.Hidden },
        { Any with { EmbeddedJson = true }, "\"1\"", "\"1.0\"", PreviewEffect.NotKnown },
        { Comparing.Rule("$", unordered: true), "[1,2]", "[2,1]", PreviewEffect.Hidden },
        { Comparing.Rule("$", matchBy: ["id"]), "[1,2]", "[2,1]", PreviewEffect.NotKnown },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Of_OneRule_SaysWhatIsKnown(CompareRule rule, string legacy, string @new, PreviewEffect expected) =>
        Preview(rule, legacy, @new).ShouldHaveSingleItem().ShouldBe(expected);

    [Fact]
    public void Of_ShownValues_AreTriedExactly()
    {
        var stored = Comparing.Bodies("""{"p":10.004}""", """{"p":10}""", Comparing.Rule("$.p", show: true)).Differences;
        var draft = new CompareRules([Comparing.Rule("$.p") with { Tolerate = new Tolerance { Scale = 2 } }]);

        RulePreview.Of(draft, stored, Comparing.Today).ShouldBe([PreviewEffect.Hidden]);
    }

    [Theory]
    [InlineData("Set-Cookie", DifferenceKind.SetCookie, "header.set-cookie.a", PreviewEffect.Hidden)]
    [InlineData("X-A", DifferenceKind.HeaderValue, "header.x-a", PreviewEffect.Hidden)]
    [InlineData("X-B", DifferenceKind.HeaderValue, "header.x-a", PreviewEffect.Stays)]
    [InlineData("X-A", DifferenceKind.Status, "status", PreviewEffect.Stays)]
    public void Of_Headers_ByTheirName(string name, DifferenceKind kind, string path, PreviewEffect expected)
    {
        var draft = new CompareRule(null, JsonPath.Nowhere, [], false, null, Comparing.Ignore(Comparing.Today), false) { Header = name };

        RulePreview.Of(new([draft]), [new Difference(kind, path, path, ValueSummary.Missing, ValueSummary.Missing)], Comparing.Today).ShouldBe([expected]);
    }

    [Fact]
    public void Of_IndexInTheRule_IsToldFromTheStoredPointer()
    {
        var stored = Comparing.Bodies("""{"a":[1,2],"0":1}""", """{"a":[3,4],"0":2}""").Differences;
        PreviewEffect[] Preview(string path) => [.. RulePreview.Of(new([Comparing.Rule(path, ignore: Comparing.Ignore(Comparing.Today))]), stored, Comparing.Today)];

        Preview("$.a[1]").ShouldBe([PreviewEffect.Stays, PreviewEffect.Hidden, PreviewEffect.Stays]);
        Preview("$['0']").ShouldBe([PreviewEffect.Stays, PreviewEffect.Stays, PreviewEffect.Hidden]);
        Preview("$[0]").ShouldBe([PreviewEffect.Stays, PreviewEffect.Stays, PreviewEffect.Stays]);
    }

    [Fact]
    public void Of_AnyDraft_IsWhatTheComparerThenDoes() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue).ToArbitrary(),
        seed =>
        {
            var random = new Random(seed);
            var (legacy, @new, rule) = (Value(random), Value(random), Rule(random));
            if (Comparing.Bodies(legacy, @new).Differences is not [var stored]) return;

            var effect = RulePreview.Of(new CompareRules([rule]), [stored], Comparing.Today)[0];

            if (effect != PreviewEffect.NotKnown)
                Comparing.Bodies(legacy, @new, rule).IsEqual.ShouldBe(effect == PreviewEffect.Hidden, $"{rule}: {legacy} {@new}");
        }).Check(Seeded.Config);

    private static string Value(Random random) => random.Next(8) switch
    {
        0 => "null",
        1 => random.Next(2) == 0 ? "true" : "\"true\"",
        2 => $"\"2026-11-20T1{random.Next(9)}:40:00{(random.Next(2) == 0 ? "" : "Z")}\"",
        3 => $"\"{random.Next(100)}.{random.Next(100)}\"",
        4 => $"{1763664000 + (900 * random.Next(9))}",
        5 => random.Next(2) == 0 ? "\"\"" : "\"http://a/" + random.Next(9) + "\"",
        _ => $"{random.Next(100)}.{random.Next(1000):000}",
    };

    private static CompareRule Rule(Random random) => random.Next(6) switch
    {
        0 => Any with { Tolerate = new Tolerance { Abs = random.Next(1, 1000) / 100m } },
        1 => Any with { Tolerate = new Tolerance { Ppm = random.Next(1, 1_000_000), Scale = random.Next(2) == 0 ? null : random.Next(3) } },
        2 => Any with { Coerce = (Coercions)random.Next(16) },
        3 => Any with { Shape = new ShapeRule(ShapeKind.Instant, random.Next(2) == 0 ? null : TimeSpan.FromHours(random.Next(1, 5))) },
        4 => Any with { Shape = new ShapeRule(ShapeKind.Instant, TimeSpan.FromHours(1)) { Formats = [InstantFormat.EpochS, InstantFormat.Iso] } },
        _ => Any with { Shape = new ShapeRule((ShapeKind)random.Next(1, 5), null) },
    };

    private static IReadOnlyList<PreviewEffect> Preview(CompareRule rule, string legacy, string @new) =>
        RulePreview.Of(new CompareRules([rule]), Comparing.Bodies(legacy, @new).Differences, Comparing.Today);
}
