using Shouldly;
using Strangler.Core.Compare;
using Xunit;

namespace Strangler.UnitTests.Compare;

public sealed class ArrayTests
{
    [Fact]
    public void Compare_MatchBy_PairsItemsByTheirKeyAndNamesTheLegacyIndex()
    {
        var comparison = Comparing.Bodies(
            """{"items":[{"sku":"a","price":1},{"sku":"b","price":2}]}""",
            """{"items":[{"sku":"new","price":9},{"sku":"a","price":1},{"sku":"b","price":3}]}""",
            Comparing.Rule("$.items", matchBy: ["sku"]));

        Comparing.Lines(comparison).ShouldBe(["number $.items[*].price", "item-extra $.items[*]"]);
        comparison.Differences[0].ConcretePath.ShouldBe("/items/1/price");
    }

    [Fact]
    public void Compare_MatchByInAnotherOrder_ReportsOrderOnce() =>
        Comparing.Found("""[{"k":1},{"k":2},{"k":3}]""", """[{"k":3},{"k":1},{"k":2,"x":0}]""", Comparing.Rule("$", matchBy: ["k"]))
            .ShouldBe(["order $", "extra $[*].x"]);

    [Fact]
    public void Compare_MatchByUnordered_AcceptsAnyOrder() =>
        Comparing.Found("""[{"k":1},{"k":2}]""", """[{"k":2},{"k":1}]""", Comparing.Rule("$", matchBy: ["k"], unordered: true)).ShouldBeEmpty();

    [Fact]
    public void Compare_MatchByTwoFields_NeedsBoth() =>
        Comparing.Found(
            """[{"sku":"a","wh":"HAM","qty":1},{"sku":"a","wh":"MUC","qty":2}]""",
            """[{"sku":"a","wh":"MUC","qty":2},{"sku":"a","wh":"HAM","qty":5}]""",
            Comparing.Rule("$", matchBy: ["sku", "wh"], unordered: true))
            .ShouldBe(["number $[*].qty"]);

    [Fact]
    public void Compare_SameKeyTwice_PairsByOccurrence() =>
        Comparing.Found("""[{"k":1,"v":1},{"k":1,"v":2}]""", """[{"k":1,"v":1},{"k":1,"v":3},{"k":1,"v":4}]""", Comparing.Rule("$", matchBy: ["k"]))
            .ShouldBe(["number $[*].v", "item-extra $[*]"]);

    [Fact]
    public void Compare_ItemsWithoutTheKey_ArePairedWithEachOther() =>
        Comparing.Found("""[{"v":1},{"k":1}]""", """[{"k":1},{"v":2}]""", Comparing.Rule("$", matchBy: ["k"], unordered: true))
            .ShouldBe(["number $[*].v"]);

    [Theory]
    [InlineData("""["a","b","c"]""", """["c","a","b"]""")]
    [InlineData("""["a","b",1.0]""", """[1,"a","b"]""")]
    [InlineData("""[{"a":1,"b":2},{"c":3}]""", """[{"c":3},{"b":2,"a":1}]""")]
    public void Compare_Unordered_AcceptsAnyOrder(string legacy, string @new) =>
        Comparing.Found(legacy, @new, Comparing.Rule("$", unordered: true)).ShouldBeEmpty();

    [Fact]
    public void Compare_UnorderedMultiset_CountsOccurrences() =>
        Comparing.Found("""["a","a","b"]""", """["b","a"]""", Comparing.Rule("$", unordered: true)).ShouldBe(["item-missing $[*]"]);

    [Fact]
    public void Compare_Positional_ComparesWhatIsLeftBetweenEqualEnds() =>
        Comparing.Found("""[0,1,2,9]""", """[0,5,2,7,9]""").ShouldBe(["number $[*]", "item-extra $[*]"]);

    [Fact]
    public void Compare_RemovedInTheMiddle_IsOneMissingItem() =>
        Comparing.Found("""[{"a":1},{"a":2},{"a":3}]""", """[{"a":1},{"a":3}]""").ShouldBe(["item-missing $[*]"]);

    [Fact]
    public void Compare_SameKeyTwice_IsNoted()
    {
        Comparing.Noted("""[{"k":1},{"k":1}]""", """[{"k":1}]""", Comparing.Rule("$", matchBy: ["k"])).ShouldBe(["duplicate-item-key $"]);
        Comparing.Noted("""[{"k":1},{"k":2}]""", """[{"k":1}]""", Comparing.Rule("$", matchBy: ["k"])).ShouldBeEmpty();
    }

    [Fact]
    public void Compare_KeysWrittenDifferently_AreTheSameKey() =>
        Comparing.Found("""[{"\u006b":1.0,"v":1}]""", """[{"v":2,"k":1}]""", Comparing.Rule("$", matchBy: ["k"])).ShouldBe(["number $[*].v"]);

    [Fact]
    public void Compare_TwoEditsFarApart_NamesBothAndNothingBetween()
    {
        var comparison = Comparing.Bodies("[1,2,3,4,5,6,7,8]", "[0,1,2,3,4,5,6,9,8]");

        Comparing.Lines(comparison).ShouldBe(["number $[*]", "item-extra $[*]"]);
        comparison.Differences.Select(difference => difference.ConcretePath).ShouldBe(["/6", "/0"]);
        comparison.Differences.ShouldAllBe(difference => !difference.LowConfidence);
    }

    [Fact]
    public void Compare_MovedItemBesideAChangedOne_IsOrderAndTheChange() =>
        Comparing.Found("""["a","b","c","d","x"]""", """["d","a","b","c","y"]""").ShouldBe(["order $", "string $[*]"]);

    [Fact]
    public void Compare_NumberFormInEqualItems_IsNotedWhereverTheyStand()
    {
        Comparing.Noted("[1,2,3]", "[1,2.0,3]").ShouldBe(["number-format $[*]"]);
        Comparing.Noted("[1,2,3]", "[3,2.0,1]", Comparing.Rule("$", unordered: true)).ShouldBe(["number-format $[*]"]);
    }

    [Fact]
    public void Compare_MoreEditsThanTheLimit_PairsByPositionWithLowConfidence()
    {
        var legacy = Numbers(0, EditScript.MaxEdits);
        var comparison = Comparing.Bodies(legacy, Numbers(10_000, EditScript.MaxEdits));

        comparison.Differences.ShouldAllBe(difference => difference.Kind == DifferenceKind.Number && difference.LowConfidence);
        comparison.Truncated.ShouldBeTrue();
        Comparing.Bodies(Numbers(0, 9), Numbers(100, 9)).Differences.ShouldAllBe(difference => !difference.LowConfidence);
    }

    [Fact]
    public void Compare_DepthsOfGuesses_ReachTheFieldsBelow()
    {
        var comparison = Comparing.Bodies("""[{"a":1,"b":1}]""", """[{"a":2,"b":1},{"a":3,"b":1}]""");

        comparison.Differences.Select(difference => (difference.Kind, difference.LowConfidence))
            .ShouldBe([(DifferenceKind.Number, true), (DifferenceKind.ItemExtra, false)]);
    }

    private static string Numbers(int first, int count) => "[" + string.Join(',', Enumerable.Range(first, count)) + "]";
}
