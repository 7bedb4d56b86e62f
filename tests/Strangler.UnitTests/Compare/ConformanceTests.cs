using Shouldly;
using Strangler.Core.Compare;
using Xunit;

namespace Strangler.UnitTests.Compare;

/// <summary>Inputs on which a well-known comparer was seen to answer wrongly (reference, shadow.md 2.2), and what is right.</summary>
public sealed class ConformanceTests
{
    [Theory]
    [InlineData("[1,2,3]", "[1,2,3]")]
    [InlineData("[1,2,3]", "[1, 2, 3]")]
    [InlineData("[]", "[]")]
    [InlineData("[]", "[ ]")]
    public void Compare_EqualLists_IsEqual(string legacy, string @new) => Comparing.Found(legacy, @new).ShouldBeEmpty();

    [Fact]
    public void Compare_ReorderedScalars_IsOrder() => Comparing.Found("[1,2,3]", "[3,1,2]").ShouldBe(["order $"]);

    [Fact]
    public void Compare_TwoObjectsSwapped_IsOneOrderDifference() =>
        Comparing.Found("""[{"a":1},{"a":2},{"a":3}]""", """[{"a":1},{"a":3},{"a":2}]""").ShouldBe(["order $"]);

    [Fact]
    public void Compare_ObjectInsertedInFront_IsOneExtraItem() =>
        Comparing.Found("""[{"a":1},{"a":2}]""", """[{"a":0},{"a":1},{"a":2}]""").ShouldBe(["item-extra $[*]"]);

    [Theory]
    [InlineData("\"12 Oak Street\"", "\"12 Elm Street\"")]
    [InlineData("\"1E3\"", "\"1000.0\"")]
    [InlineData("\"01\"", "\"1\"")]
    public void Compare_DifferentStrings_AreNeverReadAsAnythingElse(string legacy, string @new) =>
        Comparing.Found(legacy, @new).ShouldBe(["string $"]);

    [Theory]
    [InlineData("18446744073709551617", "1")]
    [InlineData("18446744073709551617", "18446744073709551616")]
    [InlineData("0.1", "0.10000000000000000001")]
    [InlineData("1e400", "1e401")]
    [InlineData("-1", "1")]
    [InlineData("1e99999999999999999999", "1e99999999999999999998")]
    [InlineData("1e-99999999999999999999", "1e99999999999999999999")]
    [InlineData("0", "1e-400")]
    [InlineData("10.5", "105")]
    [InlineData("1.05", "1.5")]
    public void Compare_DifferentNumbers_AreSeenExactly(string legacy, string @new) =>
        Comparing.Found(legacy, @new).ShouldBe(["number $"]);

    [Theory]
    [InlineData("19.90", "19.9")]
    [InlineData("1E3", "1000.0")]
    [InlineData("0", "-0.00")]
    [InlineData("1", "1.0")]
    [InlineData("0.001", "1e-3")]
    [InlineData("120e-1", "1.2E+01")]
    [InlineData("1e99999999999999999999", "10E+99999999999999999998")]
    public void Compare_NumbersSpelledDifferently_AreEqualAndNoted(string legacy, string @new)
    {
        Comparing.Bodies(legacy, @new).IsEqual.ShouldBeTrue();
        Comparing.Noted(legacy, @new).ShouldBe(["number-format $"]);
    }

    [Fact]
    public void Compare_HyphenInAFieldName_DoesNotMakeAMap() =>
        Comparing.Found("""{"first-name":"x","price":5,"qty":1}""", """{"first-name":"x","price":6,"qty":2}""")
            .ShouldBe(["number $.price", "number $.qty"]);

    [Theory]
    [InlineData("""{"a":1,"a":2}""", """{"a":2}""")]
    [InlineData("""{"a":1,"a":2}""", """{"a":3,"a":2}""")]
    public void Compare_DuplicateKeys_AreSeen(string legacy, string @new) => Comparing.Found(legacy, @new).ShouldBe(["duplicate-key $.a"]);

    [Fact]
    public void Compare_SameDuplicateKeys_IsEqual() => Comparing.Found("""{"a":1,"a":2}""", """{ "a":1,"a":2}""").ShouldBeEmpty();

    [Fact]
    public void Compare_NullAndMissing_AreToldApart() =>
        Comparing.Found("""{"a":null,"b":1,"c":1,"d":null}""", """{"b":null,"d":1,"e":null,"f":1}""")
            .ShouldBe(["null-vs-missing $.a", "type $.b", "missing $.c", "type $.d", "null-vs-missing $.e", "extra $.f"]);

    [Fact]
    public void Compare_NestedTooDeeply_IsAParseFailureAndNoCrash()
    {
        var deep = new string('[', 100_000) + new string(']', 100_000);

        Comparing.Found("[]", deep).ShouldBe(["parse-failure $"]);
    }

    [Fact]
    public void Compare_LoneSurrogates_AreComparedAsWritten()
    {
        Comparing.Found("""{"a":"\ud800"}""", """{"a":"\ud801"}""").ShouldBe(["string $.a"]);
        Comparing.Found("""{"\ud800":1}""", """{"\ud800":1 }""").ShouldBeEmpty();
    }

    [Fact]
    public void Compare_MoreThanTheBound_StopsAndSaysSo()
    {
        var legacy = "{" + string.Join(',', Enumerable.Range(0, 500).Select(i => $"\"f{i}\":1")) + "}";
        var comparison = Comparing.Bodies(legacy, legacy.Replace(":1", ":2", StringComparison.Ordinal));

        comparison.Differences.Count.ShouldBe(Comparer.MaxDifferences);
        comparison.Truncated.ShouldBeTrue();
    }
}
