using Shouldly;
using Strangler.Core.Evidence;
using Xunit;

namespace Strangler.UnitTests.Evidence;

public sealed class BinomialTermTests
{
    // By Stirling's series in 60-digit decimals (Python); the shares are sums of powers of two, so 1 - x is exact. Log-gammas of doubles miss the
    // first by 2e-6.
    [Theory]
    [InlineData(300_000_000, 700_000_000, 314_576 / 1_048_576.0, 8.6401962497382812)]
    [InlineData(500_000_000, 500_000_000, 0.5, 8.7495472044585867)]
    [InlineData(1_001, 999_999_000, 1 / 1_048_576.0, 1.3800515058033538)]
    public void Log_CloseToThePeakOfABillion_IsTheExactValue(double a, double b, double x, double expected) =>
        BinomialTerm.Log(a, b, x, 1 - x).ShouldBe(expected, 1e-11);
}
