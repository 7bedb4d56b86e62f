using Shouldly;
using Strangler.Demo.Tour;
using Xunit;

namespace Strangler.UnitTests.Demo;

public sealed class AccessLogFormatsTests
{
    [Fact]
    public void ParseMonolith_CombinedLine_TimeToTheMicrosecondAndPathWithoutQuery()
    {
        var entry = AccessLogFormats.ParseMonolith(
            """127.0.0.1 - - [2026-11-20T17:40:00.123456Z] "GET /api/products?page=2 HTTP/1.1" 200 512 "-" "shopper-17" 3.1""");

        var start = new DateTimeOffset(2026, 11, 20, 17, 40, 0, 123, 456, TimeSpan.Zero);
        entry.ShouldBe(new AccessEntry(start, "GET", "/api/products", 200, "shopper-17", IsShadow: false));
        entry!.IsByShopper.ShouldBeTrue();
        entry.IsCatalogRead.ShouldBeTrue();
    }

    [Fact]
    public void ParseMonolith_SomethingElse_Null() => AccessLogFormats.ParseMonolith("LegacyShop listens").ShouldBeNull();

    [Theory]
    [InlineData("""{"Strangler-Shadow":"1"}""", true)]
    [InlineData("{}", false)]
    public void ParseCatalog_JsonLine_TellsACopyFromARequest(string headers, bool shadow)
    {
        var entry = AccessLogFormats.ParseCatalog(
            $$"""{"t":"2026-11-20T17:40:00.1234567Z","m":"GET","p":"/v1/products/X","s":404,"ms":1.2,"ua":"shopper-1","h":{{headers}}}""");

        entry!.IsShadow.ShouldBe(shadow);
        entry.Status.ShouldBe(404);
        entry.IsCatalogRead.ShouldBeTrue();
    }

    [Theory]
    [InlineData("shopper-1 strangler-settle")]
    [InlineData("strangler-tour")]
    [InlineData("")]
    public void IsByShopper_SomebodyElse_False(string agent) =>
        new AccessEntry(DateTimeOffset.UnixEpoch, "GET", "/api/search", 200, agent, false).IsByShopper.ShouldBeFalse();

    [Theory]
    [InlineData("POST", "/api/products")]
    [InlineData("GET", "/api/stock/SKU-00001")]
    [InlineData("GET", "/api/products/a/b")]
    [InlineData("GET", "/product/SKU-00001")]
    public void IsCatalogRead_OtherOperation_False(string method, string path) =>
        new AccessEntry(DateTimeOffset.UnixEpoch, method, path, 200, "shopper-1", false).IsCatalogRead.ShouldBeFalse();
}
