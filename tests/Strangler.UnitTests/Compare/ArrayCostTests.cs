using System.Globalization;
using Shouldly;
using Strangler.Core.Compare;
using Xunit;

namespace Strangler.UnitTests.Compare;

/// <summary>Large arrays cost in proportion to their length: counted in bytes and in steps, never in time.</summary>
public sealed class ArrayCostTests
{
    private const int Many = 20_000;
    private static readonly CompareLimits Limits = new() { MaxTokens = 10 * Many };
    private static readonly CompareRules ById = new([Comparing.Rule("$", matchBy: ["id"], unordered: true)]);

    [Fact]
    public void Compare_TwentyThousandKeyedItems_FindsTheOneThatDiffers()
    {
        var ids = Enumerable.Range(0, Many).ToArray();

        var comparison = Compare(Items(ids, -1), Items(ids.Reverse(), 777), ById);

        comparison.Differences.ShouldHaveSingleItem().ConcretePath.ShouldBe("/777/price");
    }

    [Fact]
    public void Compare_KeyedItems_AllocateInProportion()
    {
        var (once, twice) = (AllocatedBy(Many / 2), AllocatedBy(Many));

        twice.ShouldBeLessThan(5 * once / 2);
        // Less than one bit for each pair of an n x m matrix.
        twice.ShouldBeLessThan((long)Many * Many / 8 / 2);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(Many)]
    public void Match_TwentyThousandItems_TakesNoMoreStepsThanLengthTimesEdits(int kinds)
    {
        var random = new Random(7);
        UInt128[] List() => [.. Enumerable.Range(0, Many).Select(_ => (UInt128)random.Next(kinds))];
        var script = new EditScript();

        script.Match(List(), List());

        script.Steps.ShouldBeLessThanOrEqualTo(2L * Many * (EditScript.MaxEdits + 1));
    }

    [Fact]
    public void Compare_OneItemInFrontOfTwentyThousand_IsOneExtraItem()
    {
        var ids = Enumerable.Range(0, Many).ToArray();

        Comparing.Lines(Compare(Items(ids, -1), Items([-5, .. ids], -1), CompareRules.None)).ShouldBe(["item-extra $[*]"]);
    }

    private static long AllocatedBy(int count)
    {
        var ids = Enumerable.Range(0, count).ToArray();
        var (legacy, @new) = (Items(ids, -1), Items(ids.Reverse(), 7));
        Compare(legacy, @new, ById);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Compare(legacy, @new, ById);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static Comparison Compare(string legacy, string @new, CompareRules rules) =>
        new Comparer(Comparing.Tokens, Limits).Compare(Comparing.Json(legacy), Comparing.Json(@new), rules, Comparing.Today);

    private static string Items(IEnumerable<int> ids, int wrong) =>
        "[" + string.Join(',', ids.Select(id => string.Create(
            CultureInfo.InvariantCulture, $$"""{"id":{{id}},"price":{{(id == wrong ? 1 : 2)}}}"""))) + "]";
}
