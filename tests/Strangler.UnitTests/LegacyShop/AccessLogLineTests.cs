using LegacyShop.Web;
using Shouldly;
using Xunit;

namespace Strangler.UnitTests.LegacyShop;

public sealed class AccessLogLineTests
{
    private static readonly AccessLogLine Line = new(
        "127.0.0.1",
        new DateTimeOffset(2026, 11, 20, 18, 40, 0, TimeSpan.FromHours(1)).AddTicks(1_234_567),
        "GET",
        "/api/products/X?a=1",
        "HTTP/1.1",
        200,
        512,
        Referer: null,
        "shopper-17",
        3.14);

    [Fact]
    public void ToString_Request_IsCombinedLogFormatInUtc() =>
        Line.ToString().ShouldBe(
            "127.0.0.1 - - [2026-11-20T17:40:00.123456Z] \"GET /api/products/X?a=1 HTTP/1.1\" 200 512 \"-\" \"shopper-17\" 3.1");

    [Fact]
    public void ToString_TextThatWouldForgeALine_IsEscaped()
    {
        var line = (Line with { UserAgent = "x\" 9\n127.0.0.1\\" }).ToString();

        line.ShouldEndWith("\"x\\x22 9\\x0a127.0.0.1\\x5c\" 3.1");
    }
}
