using Catalog.Products;
using Shouldly;
using Xunit;

namespace Strangler.UnitTests.Catalog;

public sealed class TaxRuleTests
{
    [Theory]
    [InlineData("19.99", "23.78")]
    [InlineData("0.05", "0.05")]
    [InlineData("0.06", "0.07")]
    [InlineData("0.21", "0.24")]
    [InlineData("0.00", "0.00")]
    [InlineData("100.00", "119.00")]
    [InlineData("9999999999.99", "11899999999.98")]
    public void WithTax_PartOfACent_CutOff(string price, string expected) =>
        TaxRule.WithTax(decimal.Parse(price), roundHalfUp: false).ShouldBe(decimal.Parse(expected));

    [Theory]
    [InlineData("19.99", "23.79")]
    [InlineData("0.02", "0.02")]
    [InlineData("0.03", "0.04")]
    [InlineData("100.00", "119.00")]
    [InlineData("0.50", "0.60")]
    public void WithTax_RoundHalfUp_HalfACentCountsAsOne(string price, string expected) =>
        TaxRule.WithTax(decimal.Parse(price), roundHalfUp: true).ShouldBe(decimal.Parse(expected));
}
