using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Strangler.Core.Evidence;
using Xunit;

namespace Strangler.UnitTests.Evidence;

public sealed class EBenjaminiHochbergTests
{
    // Of four fields at 0.05 one needs 80, two need 40 each, three 26.67 each.
    [Theory]
    [InlineData(new double[] { 79, 10, 1, 1 }, 80)]
    [InlineData(new double[] { 81, 10, 1, 1 }, 80)]
    [InlineData(new double[] { 1, 45, 1, 41 }, 40)]
    [InlineData(new double[] { 79, 39, 27, 1 }, 80 / 3.0)]
    [InlineData(new double[] { 79, 39, 26, 1 }, 80)]
    [InlineData(new double[] { 20, 20, 20, 20 }, 20)]
    [InlineData(new double[] { 5 }, 20)]
    [InlineData(new double[0], 20)]
    public void Limit_KnownValues_IsTheProceduresOwn(double[] evidence, double expected) =>
        EBenjaminiHochberg.Limit([.. evidence.Select(Logarithm)], 0.05).ShouldBe(expected, 1e-9);

    [Fact]
    public void Limit_AnyFields_ItIsTheLowestThatItsOwnDiscoveriesPayFor() =>
        Prop.ForAll(Gen.Choose(0, 700).Select(e => e / 100.0).ArrayOf().ToArbitrary(), evidence =>
        {
            var limit = EBenjaminiHochberg.Limit(evidence, 0.05);
            var found = evidence.Count(e => e >= Math.Log(limit));
            return Paid(found, limit) && Enumerable.Range(found + 1, Math.Max(0, evidence.Length - found)).All(more =>
                evidence.Count(e => e >= Math.Log(evidence.Length / (0.05 * more))) < more);

            bool Paid(int k, double at) => k == 0 || at >= (evidence.Length / (0.05 * k)) - 1e-9;
        }).Check(Seeded.Config);

    private static double Logarithm(double e) => Math.Log(e) + 1e-12;
}
