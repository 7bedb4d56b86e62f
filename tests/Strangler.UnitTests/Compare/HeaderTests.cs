using Shouldly;
using Strangler.Core.Compare;
using Xunit;

namespace Strangler.UnitTests.Compare;

public sealed class HeaderTests
{
    [Theory]
    [InlineData("Content-Language: de", "Content-Language: en", "header-value header.content-language")]
    [InlineData("Content-Language: de", "X-Other: 1", "header-missing header.content-language|header-extra header.x-other")]
    [InlineData("Cache-Control: no-store, private", "cache-control: Private,no-store", "")]
    [InlineData("Cache-Control: max-age=60", "Cache-Control: max-age=61", "header-value header.cache-control")]
    [InlineData("X-A: b, c", "X-A: c, b", "header-value header.x-a")]
    [InlineData("Date: Fri, 20 Nov 2026 18:40:00 GMT|Server: a|ETag: \"1\"|X-Request-Id: 1|RateLimit-Remaining: 5", "Date: Fri, 20 Nov 2026 18:40:01 GMT|Via: b", "")]
    [InlineData("Set-Cookie: a=1; Path=/; HttpOnly", "Set-Cookie: a=2; httponly; path=/", "")]
    [InlineData("Set-Cookie: a=1; Path=/; HttpOnly", "Set-Cookie: a=2; Path=/", "set-cookie header.set-cookie.a")]
    [InlineData("Set-Cookie: a=1; Path=/", "Set-Cookie: a=2; Path=/cart", "set-cookie header.set-cookie.a")]
    [InlineData("Set-Cookie: a=1", "Set-Cookie: a=", "set-cookie header.set-cookie.a")]
    [InlineData("Set-Cookie: a=1; Max-Age=60", "Set-Cookie: a=1; Expires=Wed, 20 Nov 2030 18:40:00 GMT", "")]
    [InlineData("Set-Cookie: a=1; Max-Age=60", "Set-Cookie: a=1", "set-cookie header.set-cookie.a")]
    [InlineData("Set-Cookie: a=; Max-Age=0", "Set-Cookie: a=; Expires=Thu, 01 Jan 1970 00:00:00 GMT", "")]
    [InlineData("Set-Cookie: a=1; SameSite=Lax|Set-Cookie: b=1", "Set-Cookie: b=2|Set-Cookie: a=3; samesite=lax", "")]
    [InlineData("Set-Cookie: a=1", "X-A: 1|Set-Cookie: b=1", "header-extra header.x-a")]
    [InlineData("", "X-A: 1", "")]
    public void Compare_Headers_ByTheirMeaning(string legacy, string @new, string expected) =>
        Comparing.Lines(Compare(legacy, @new)).ShouldBe(expected.Length == 0 ? [] : expected.Split('|'));

    [Fact]
    public void Compare_CookieOnOneSide_IsNotedAndCountsWhenARuleSaysSo()
    {
        var noted = Compare("Set-Cookie: session=secret", "X-A: 1|X-A: 1", CompareHeader("X-B"));
        noted.Notes.ShouldHaveSingleItem().Path.ShouldBe("header.set-cookie.session");
        noted.Notes[0].Legacy.ToString().ShouldBe("a value; session");

        Comparing.Lines(Compare("Set-Cookie: session=secret", "Server: 1", CompareHeader("Set-Cookie"))).ShouldBe(["set-cookie header.set-cookie.session"]);
    }

    [Fact]
    public void Compare_Values_AreNotKept()
    {
        var comparison = Compare("X-User: ada@example.org|Set-Cookie: s=topsecret; Path=/", "X-User: bob@example.org|Set-Cookie: s=othersecret");

        comparison.Differences.Count.ShouldBe(2);
        comparison.Differences.ShouldAllBe(difference => !$"{difference}".Contains("ada", StringComparison.Ordinal) && !$"{difference}".Contains("secret", StringComparison.Ordinal));
        comparison.Differences[1].New.ToString().ShouldBe("a value; session");
    }

    [Fact]
    public void Compare_HeaderRules_IgnoreAndCompare()
    {
        var ignore = new CompareRule(null, JsonPath.Nowhere, [], false, null, Comparing.Ignore(Comparing.Today), false) { Header = "x-a" };
        var expired = ignore with { Ignore = Comparing.Ignore(Comparing.Today.AddDays(-1)) };

        var ignored = Compare("X-A: 1|Server: a", "X-A: 2|Server: b", CompareHeader("server"), ignore);
        Comparing.Lines(ignored).ShouldBe(["header-value header.server"]);
        ignored.Hits.ShouldBe([0, 1]);
        Comparing.Lines(Compare("X-A: 1|Server: a", "X-A: 2|Server: b", expired)).ShouldBe(["header-value header.x-a"]);
    }

    [Fact]
    public void Compare_LocationAndMediaType_CanBeIgnoredToo()
    {
        var ignore = new CompareRule(null, JsonPath.Nowhere, [], false, null, Comparing.Ignore(Comparing.Today), false);
        var rules = new CompareRules([ignore with { Header = "Location" }, ignore with { Header = "content-type" }]);

        new Comparer(Comparing.Tokens)
            .Compare(new Answer(302, "text/plain", "/a", default), new Answer(302, "text/html", "/b", default), rules, Comparing.Today)
            .IsEqual.ShouldBeTrue();
    }

    private static CompareRule CompareHeader(string name) => new(null, JsonPath.Nowhere, [], false, null, null, false) { Header = name, CompareHeader = true };

    private static Comparison Compare(string legacy, string @new, params CompareRule[] rules) =>
        new Comparer(Comparing.Tokens).Compare(With(legacy), With(@new), new CompareRules(rules), Comparing.Today);

    private static Answer With(string headers) => new(200, "image/png", null, "x"u8.ToArray())
    {
        Headers = [.. headers.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(": ", 2)).Select(pair => KeyValuePair.Create(pair[0], pair[1]))],
    };
}
