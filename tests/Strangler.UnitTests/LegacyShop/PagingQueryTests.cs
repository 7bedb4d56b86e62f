using LegacyShop.Api;
using Shouldly;
using Xunit;

namespace Strangler.UnitTests.LegacyShop;

public sealed class PagingQueryTests
{
    [Theory]
    [InlineData(null, null, 1, 24)]
    [InlineData("", "", 1, 24)]
    [InlineData("10000", "100", 10_000, 100)]
    [InlineData("1", "1", 1, 1)]
    public void Parse_InRange_GivesNumbers(string? page, string? size, int expectedPage, int expectedSize)
    {
        var (query, error) = PagingQuery.Parse(page, size);

        error.ShouldBeNull();
        query.ShouldBe(new PagingQuery(expectedPage, expectedSize));
    }

    [Theory]
    [InlineData("0", null, "page must be 1 to 10000")]
    [InlineData("10001", null, "page must be 1 to 10000")]
    [InlineData("-1", null, "page must be 1 to 10000")]
    [InlineData("two", null, "page must be 1 to 10000")]
    [InlineData("99999999999", null, "page must be 1 to 10000")]
    [InlineData("1", "0", "size must be 1 to 100")]
    [InlineData("1", "101", "size must be 1 to 100")]
    [InlineData("0", "0", "page must be 1 to 10000")]
    public void Parse_OutOfRange_SaysWhatIsLegal(string? page, string? size, string expected) =>
        PagingQuery.Parse(page, size).Error.ShouldBe(expected);
}
