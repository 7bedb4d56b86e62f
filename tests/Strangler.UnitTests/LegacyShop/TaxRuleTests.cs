using LegacyShop.Services;
using Shouldly;
using Xunit;

namespace Strangler.UnitTests.LegacyShop;

public sealed class TaxRuleTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(5, 5)]       // 0.95 cents of tax are none
    [InlineData(1999, 2378)] // 379.81
    [InlineData(1950, 2320)] // 370.50
    [InlineData(1990, 2368)] // 378.10
    [InlineData(100, 119)]
    public void WithTaxCents_FractionOfACent_IsCutOff(int price, int expected) =>
        TaxRule.WithTaxCents(price).ShouldBe(expected);

    [Fact]
    public void TaxCents_PriceWhoseProductLeavesAnInteger_DoesNotOverflow() =>
        TaxRule.TaxCents(1_500_000_000).ShouldBe(285_000_000);
}
