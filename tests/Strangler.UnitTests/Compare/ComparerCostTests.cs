using System.Globalization;
using System.Text;
using Shouldly;
using Strangler.Core.Compare;
using Xunit;

namespace Strangler.UnitTests.Compare;

/// <summary>What a comparison allocates: it runs for every copied request, beside those of the shop.</summary>
public sealed class ComparerCostTests
{
    private const int Products = 48;

    // Two answers of 16 KiB.
    private static readonly byte[] Legacy = List(changed: -1);
    private static readonly byte[] Copy = List(changed: -1);
    private static readonly byte[] Changed = List(changed: 20);

    [Fact]
    public void Compare_EqualBytes_AllocatesNextToNothing() => PerCall(Copy, CompareRules.None).ShouldBeLessThan(1_024);

    // A tree of nodes for both takes a hundred times as much.
    [Fact]
    public void Compare_OneFieldDiffers_AllocatesHalfOfOneAnswer()
    {
        PerCall(Changed, CompareRules.None).ShouldBeLessThan(8_192);
        PerCall(Changed, new CompareRules([Comparing.Rule("$", matchBy: ["sku"], unordered: true)])).ShouldBeLessThan(8_192);
    }

    [Fact]
    public void Compare_TwentyThousandItemsOfTwoFields_FitTheDefaultLimit()
    {
        var rows = Enumerable.Range(0, 20_000).Select(i => string.Create(CultureInfo.InvariantCulture, $$"""{"id":{{i}},"qty":{{i}}}""")).ToArray();
        var legacy = Encoding.UTF8.GetBytes($"[{string.Join(',', rows)}]");
        rows[777] = """{"id":777,"qty":0}""";
        var @new = Encoding.UTF8.GetBytes($"[{string.Join(',', rows)}]");

        var comparison = Comparing.Bytes(legacy, @new);

        comparison.Differences.ShouldHaveSingleItem().ConcretePath.ShouldBe("/777/qty");
    }

    private static long PerCall(byte[] @new, CompareRules rules)
    {
        var comparer = new Comparer(Comparing.Tokens);
        var (legacy, other) = (Comparing.Json(Legacy), Comparing.Json(@new));
        return Allocations.PerCall(() => comparer.Compare(legacy, other, rules, Comparing.Today));
    }

    private static byte[] List(int changed) => Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Range(0, Products).Select(i => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"sku":"SKU-{{i:00000}}","name":"Garden chair of oak {{i}}","price":{{i}}.{{(i == changed ? 91 : 90)}},"tags":["oak","chair"],"rating":{"average":4.{{i % 10}},"count":{{i}}},"text":"{{new string('x', 220)}}"}""")))}]");
}
