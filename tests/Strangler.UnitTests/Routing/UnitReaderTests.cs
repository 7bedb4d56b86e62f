using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Shouldly;
using Strangler.Core.Model;
using Strangler.Proxy.Edge;
using Xunit;

namespace Strangler.UnitTests.Routing;

public sealed class UnitReaderTests
{
    [Theory]
    [InlineData("LegacySession=abc", "abc")]
    [InlineData("theme=dark; LegacySession=abc", "abc")]
    [InlineData("theme=dark;LegacySession=abc;cart=3", "abc")]
    [InlineData("LegacySession=a=b==", "a=b==")]
    [InlineData("LegacySession=first; LegacySession=second", "first")]
    [InlineData("LegacySession=", "")]
    [InlineData("LegacySession", "")]
    [InlineData("LegacySession2=abc", "")]
    [InlineData("XLegacySession=abc", "")]
    [InlineData("legacysession=abc", "")]
    [InlineData(";;; ;", "")]
    public void Read_CookieHeader_FindsTheSession(string header, string unit) => Read(header).ShouldBe(unit);

    [Fact]
    public void Read_CookiesOverSeveralHeaders_FindsTheSession() =>
        Read(new StringValues(["theme=dark", "LegacySession=abc"])).ShouldBe("abc");

    [Fact]
    public void Read_NoCookieHeader_IsNobody() => Read(StringValues.Empty).ShouldBe("");

    [Fact]
    public void Read_MonolithWithoutSessions_IsNobody() =>
        UnitReader.Read(RequestWith("LegacySession=abc"), new UnitRules(SessionCookie: null)).ToString().ShouldBe("");

    private static string Read(StringValues cookies) => UnitReader.Read(RequestWith(cookies), new UnitRules("LegacySession")).ToString();

    private static HttpRequest RequestWith(StringValues cookies)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers.Cookie = cookies;
        return request;
    }
}
