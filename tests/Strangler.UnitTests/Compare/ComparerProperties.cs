using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Strangler.Core.Compare;
using Xunit;

namespace Strangler.UnitTests.Compare;

public sealed class ComparerProperties
{
    [Fact]
    public void Compare_AnotherSpellingOfADocument_IsEqualWithoutANote() => ForAllSeeds(seed =>
    {
        var json = new RandomJson(seed);
        var document = json.Document();

        var comparison = Comparing.Bodies(json.Respelled(document), json.Respelled(document));

        (comparison.Differences.Count, comparison.Notes.Count).ShouldBe((0, 0));
    });

    [Fact]
    public void Compare_OneEdit_IsFoundAtItsPath() => ForAllSeeds(seed =>
    {
        var json = new RandomJson(seed);
        var document = json.Object();
        var legacy = json.Respelled(document);
        var pointer = json.EditOne(document);

        Comparing.Bodies(legacy, json.Respelled(document)).Differences.ShouldHaveSingleItem().ConcretePath.ShouldBe(pointer);
    });

    [Fact]
    public void Compare_SidesSwapped_MirrorsTheKinds() => ForAllSeeds(seed =>
    {
        var json = new RandomJson(seed);
        var (left, right) = (json.Respelled(json.Document()), json.Respelled(json.Document()));

        Kinds(Comparing.Bodies(left, right), Mirrored).ShouldBe(Kinds(Comparing.Bodies(right, left), kind => kind));
    });

    [Fact]
    public void Match_AnyTwoLists_IsALongestCommonSubsequence() => ForAllSeeds(seed =>
    {
        var random = new Random(seed);
        UInt128[] List() => [.. Enumerable.Range(0, random.Next(12)).Select(_ => (UInt128)random.Next(4))];
        var (left, right) = (List(), List());

        var pairs = new EditScript().Match(left, right).ShouldNotBeNull();

        pairs.Count.ShouldBe(LongestCommon(left, right));
        pairs.ShouldAllBe(pair => left[pair.Left] == right[pair.Right]);
        pairs.Zip(pairs.Skip(1)).ShouldAllBe(two => two.First.Left < two.Second.Left && two.First.Right < two.Second.Right);
    });

    private static int LongestCommon(ReadOnlySpan<UInt128> left, ReadOnlySpan<UInt128> right)
    {
        if (left.IsEmpty || right.IsEmpty) return 0;
        var lengths = new int[left.Length + 1, right.Length + 1];
        for (var i = 1; i <= left.Length; i++)
            for (var j = 1; j <= right.Length; j++)
                lengths[i, j] = left[i - 1] == right[j - 1] ? lengths[i - 1, j - 1] + 1 : Math.Max(lengths[i - 1, j], lengths[i, j - 1]);
        return lengths[left.Length, right.Length];
    }

    private static DifferenceKind[] Kinds(Comparison comparison, Func<DifferenceKind, DifferenceKind> of) =>
        [.. comparison.Differences.Select(difference => of(difference.Kind)).Order()];

    private static DifferenceKind Mirrored(DifferenceKind kind) => kind switch
    {
        DifferenceKind.Missing => DifferenceKind.Extra,
        DifferenceKind.Extra => DifferenceKind.Missing,
        DifferenceKind.ItemMissing => DifferenceKind.ItemExtra,
        DifferenceKind.ItemExtra => DifferenceKind.ItemMissing,
        _ => kind,
    };

    private static void ForAllSeeds(Action<int> check) => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), check).Check(Seeded.Config);
}
