using Shouldly;
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
}
