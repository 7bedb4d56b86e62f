using Shouldly;
using Strangler.Core.Evidence;
using Xunit;

namespace Strangler.UnitTests.Evidence;

public sealed class IncompleteBetaTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(1_000)]
    [InlineData(500_000_000)]
    public void Regularised_SymmetricAtOneHalf_IsOneHalf(double parameter) =>
        IncompleteBeta.Regularised(parameter, parameter, 0.5).ShouldBe(0.5, 1e-11);

    // I_x(1, b) = 1 - (1-x)^b and I_x(a, 1) = x^a (DLMF 8.17.7 and its reflection).
    [Theory]
    [InlineData(3, 0.2)]
    [InlineData(40, 0.05)]
    [InlineData(1_000, 0.0001)]
    public void Regularised_OneParameterIsOne_IsAPower(double other, double x)
    {
        IncompleteBeta.Regularised(1, other, x).ShouldBe(1 - Math.Pow(1 - x, other), 1e-13);
        IncompleteBeta.Regularised(other, 1, 1 - x).ShouldBe(Math.Pow(1 - x, other), 1e-13);
    }

    // I_x(a, b) = I_x(a+1, b) + x^a (1-x)^b / (a B(a, b)) (DLMF 8.17.20), across the point where the reflection takes over.
    [Theory]
    [InlineData(20, 30)]
    [InlineData(7, 900)]
    [InlineData(60_000, 40_000)]
    public void Regularised_NextParameter_DiffersByOneTerm(double a, double b)
    {
        foreach (var x in new[] { 0.98, 1, 1.02 }.Select(factor => factor * a / (a + b)))
        {
            var term = Math.Exp(BinomialTerm.Log(a, b, x, 1 - x)) / a;

            (IncompleteBeta.Regularised(a, b, x) - IncompleteBeta.Regularised(a + 1, b, x)).ShouldBe(term, 1e-12);
        }
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    public void Regularised_AtTheEnds_IsTheEnd(double x, double expected) => IncompleteBeta.Regularised(3, 4, x).ShouldBe(expected);

    [Fact]
    public void Fraction_BeyondTheMeanWhereItDoesNotConverge_SaysSo() =>
        Should.Throw<InvalidOperationException>(() => IncompleteBeta.Fraction(1, double.MaxValue, 0.5, 0.5)).Message.ShouldContain("1,000,000 terms");
}
