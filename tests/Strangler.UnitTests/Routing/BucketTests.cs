using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Strangler.Core.Routing;
using Xunit;

namespace Strangler.UnitTests.Routing;

public sealed class BucketTests
{
    private const string Seed = "catalog";

    [Fact]
    public void Edge_TheTestVector_LeavesTheUnitOnLegacy() => IsInside("user-36", 98.3053808473).ShouldBeFalse();

    [Fact]
    public void Edge_OfZeroAndHundred_TakesNobodyAndEveryone()
    {
        Bucket.Edge(0).ShouldBe(0UL);
        Bucket.Edge(100).ShouldBe(1UL << 32);
        ((ulong)uint.MaxValue).ShouldBeLessThan(Bucket.Edge(100));
    }

    [Fact]
    public void Edge_AtTheUnitsOwnPlace_AdmitsItJustAbove() =>
        Prop.ForAll<uint>(bucket =>
        {
            var place = Bucket.ToPercent(bucket);
            return bucket >= Bucket.Edge(place) && bucket < Bucket.Edge(Math.BitIncrement(place));
        }).Check(Seeded.Config);

    [Fact]
    public void Edge_LargerShare_KeepsEveryUnitThatIsOnNew() =>
        Prop.ForAll<NonEmptyString, uint, uint>((unit, one, other) =>
        {
            var (smaller, larger) = (Bucket.ToPercent(Math.Min(one, other)), Bucket.ToPercent(Math.Max(one, other)));
            return !IsInside(Cut(unit.Get), smaller) || IsInside(Cut(unit.Get), larger);
        }).Check(Seeded.Config);

    [Fact]
    public void Of_TextsThatAreTooLong_AreRefused()
    {
        Should.Throw<ArgumentException>(() => Bucket.Of(new string('x', Bucket.MaxUnitLength + 1), Seed)).ParamName.ShouldBe("unit");
        Should.Throw<ArgumentException>(() => Bucket.Of("x", new string('x', 65))).ParamName.ShouldBe("seed");
    }

    [Fact]
    public void Of_LongestTextsOfTheWidestCharacters_Fit() =>
        Should.NotThrow(() => Bucket.Of(new string('\uFFFD', Bucket.MaxUnitLength), new string('\uFFFD', 64)));

    private static bool IsInside(string unit, double share) => Bucket.Of(unit, Seed) < Bucket.Edge(share);

    private static string Cut(string unit) => unit.Length <= Bucket.MaxUnitLength ? unit : unit[..Bucket.MaxUnitLength];
}
