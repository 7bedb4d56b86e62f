using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Shouldly;
using Strangler.Proxy.Units;
using Xunit;

namespace Strangler.UnitTests.Units;

public sealed class VisitorAnswersTests
{
    private const string Id = "0123456789abcdefABCDEF";
    private const string Html = "text/html; charset=utf-8";

    private readonly ManualTimeProvider _time = new();
    private readonly UnitParts _parts;

    public VisitorAnswersTests() => _parts = new UnitParts(time: _time);

    [Theory]
    [InlineData(200, "no-store", true)]
    [InlineData(200, "private", true)]
    [InlineData(200, "PRIVATE, max-age=60", true)]
    [InlineData(200, "no-cache, no-store, must-revalidate", true)]
    [InlineData(203, "private", true)]
    [InlineData(200, "public", false)]
    [InlineData(200, "public, max-age=60", false)]
    [InlineData(200, "private, public", false)]
    [InlineData(200, "private, s-maxage=60", false)]
    [InlineData(200, "no-store, S-MaxAge=0", false)]
    [InlineData(200, "private=\"Set-Cookie\"", false)]
    [InlineData(200, "private=\"x, private\"", false)]
    [InlineData(200, "no-cache", false)]
    [InlineData(200, "max-age=0", false)]
    [InlineData(200, "max-age=60", false)]
    [InlineData(200, "must-revalidate", false)]
    [InlineData(200, "privately", false)]
    [InlineData(200, null, false)]
    [InlineData(206, "private", false)]
    [InlineData(302, "private", false)]
    [InlineData(304, "private", false)]
    [InlineData(404, "private", false)]
    [InlineData(500, "no-store", false)]
    public void Is_StatusAndCacheControl_OnlyWhatNoSharedCacheMayKeep(int status, string? cacheControl, bool may) =>
        CookieCarrier.Is(Answer(status, cacheControl).Response).ShouldBe(may);

    [Theory]
    [InlineData("Set-Cookie", "theme=dark", null, true)]
    [InlineData("Set-Cookie", "theme=dark", "max-age=60", false)]
    [InlineData("Set-Cookie", "theme=dark", "no-cache", false)]
    [InlineData("Set-Cookie", "theme=dark", "public", false)]
    [InlineData("Expires", "0", null, false)]
    [InlineData("Last-Modified", "Fri, 20 Nov 2026 12:00:00 GMT", null, false)]
    [InlineData("CDN-Cache-Control", "max-age=60", "private", false)]
    [InlineData("Cloudflare-CDN-Cache-Control", "max-age=60", "private", false)]
    [InlineData("Surrogate-Control", "max-age=60", "no-store", false)]
    public void Is_OtherHeaders_CountToo(string header, string value, string? cacheControl, bool may)
    {
        var context = Answer(200, cacheControl);
        context.Response.Headers[header] = value;

        CookieCarrier.Is(context.Response).ShouldBe(may);
    }

    [Fact]
    public void Is_SetCookieWithExpires_MayBeKept()
    {
        var context = Answer(200, cacheControl: null);
        context.Response.Headers.SetCookie = "theme=dark";
        context.Response.Headers.Expires = "Fri, 20 Nov 2026 12:00:00 GMT";

        CookieCarrier.Is(context.Response).ShouldBeFalse();
    }

    [Theory]
    [InlineData("GET", "navigate", "document", "*/*", null, true)]
    [InlineData("GET", "navigate", "iframe", "text/html", null, false)]
    [InlineData("GET", "no-cors", "image", "text/html", null, false)]
    [InlineData("GET", "cors", "empty", "text/html", null, false)]
    [InlineData("GET", "navigate", null, "text/html", null, false)]
    [InlineData("HEAD", "navigate", "document", "text/html", null, false)]
    [InlineData("POST", "navigate", "document", "text/html", null, false)]
    [InlineData("GET", null, null, "text/html,application/xhtml+xml,*/*;q=0.8", null, true)]
    [InlineData("GET", null, null, " Text/HTML;q=0.9", null, true)]
    [InlineData("GET", null, null, "text/html5", null, false)]
    [InlineData("GET", null, null, "application/json, text/html", null, false)]
    [InlineData("GET", null, null, "*/*", null, false)]
    [InlineData("GET", null, null, null, null, false)]
    [InlineData("GET", "navigate", "document", "text/html", "Sec-Purpose", false)]
    [InlineData("GET", null, null, "text/html", "Purpose", false)]
    public void Is_Request_OnlyAPagesOwn(string method, string? mode, string? destination, string? accept, string? ahead, bool page)
    {
        var request = new DefaultHttpContext().Request;
        request.Method = method;
        if (mode is not null) request.Headers["Sec-Fetch-Mode"] = mode;
        if (destination is not null) request.Headers["Sec-Fetch-Dest"] = destination;
        if (accept is not null) request.Headers.Accept = accept;
        if (ahead is not null) request.Headers[ahead] = "prefetch";

        PageRequest.Is(request).ShouldBe(page);
    }

    [Fact]
    public void Write_FirstPage_MintsAVisitorThatTheNextRequestIsKnownBy()
    {
        var cookie = Written(Page()).ShouldNotBeNull();

        cookie.ShouldMatch("^Strangler-Visitor=v1\\.old\\.[A-Za-z0-9_-]{22}\\.[A-Za-z0-9_-]{43}; max-age=34560000; path=/; samesite=lax; httponly$");
        _parts.UnitOf(UnitParts.Request(cookie.Split(';')[0])).ShouldBe(cookie.Split('.')[2]);
    }

    [Fact]
    public void Write_OverTls_IsSecureAndBoundToTheHost()
    {
        var context = Page();
        context.Request.Scheme = "https";

        var cookie = Written(context)!;

        cookie.ShouldStartWith("__Host-Strangler-Visitor=v1.");
        cookie.ShouldEndWith("; path=/; secure; samesite=lax; httponly");
    }

    [Theory]
    [InlineData("LegacySession=s", null)]
    [InlineData("", "ann")]
    public void Write_WhoeverHasAnIdentity_GetsNone(string cookies, string? account) => Written(Page(cookies, account)).ShouldBeNull();

    [Fact]
    public void Write_VisitorWithAGenuineCookie_KeepsIt() => Written(Page(_parts.VisitorCookie(Id))).ShouldBeNull();

    [Theory]
    [InlineData(null)]
    [InlineData(0L)]
    public void Write_CookieOfAnOldKey_IsRenewedWithTheSameIdAndLease(long? lease)
    {
        var old = _parts.VisitorCookie(Id, lease);
        var rotated = new UnitParts($"{UnitParts.NewKey}\n{UnitParts.OldKey}", _time);
        var context = Page(old, lease is null ? null : "ann");

        rotated.Answers.Write(context, UnitParts.AllRules);

        var renewed = context.Response.Headers.SetCookie.ToString();
        renewed.ShouldStartWith($"Strangler-Visitor=v1.new.{Id}.{(lease is null ? "" : "0.")}");
        rotated.Reader.Read(UnitParts.Request(renewed.Split(';')[0], lease is null ? null : "ann"), UnitParts.AllRules).Step.ShouldBe(VisitorStep.None);
    }

    [Fact]
    public void Write_ForgedCookie_MintsAnother() => Written(Page(_parts.VisitorCookie(Id)[..^1] + "!")).ShouldNotBeNull();

    [Theory]
    [InlineData("application/json")]
    [InlineData("image/png")]
    [InlineData(null)]
    public void Write_AnswerThatIsNoPage_MintsNone(string? type) => Written(Page(type: type)).ShouldBeNull();

    [Fact]
    public void Write_MonolithGivesASession_MintsNone()
    {
        var context = Page();
        context.Response.Headers.SetCookie = new StringValues(["theme=dark", "LegacySession=abc; path=/"]);

        Written(context).ShouldBeNull();
    }

    [Fact]
    public void Write_RulesThatMintNot_WriteNothing()
    {
        var context = Page();

        _parts.Answers.Write(context, UnitParts.AllRules with { MintsVisitor = false });

        context.Response.Headers.SetCookie.ShouldBeEmpty();
    }

    [Fact]
    public void Write_LoginLeaseLogout_KeepTheId()
    {
        var login = Written(Page(_parts.VisitorCookie(Id), "ann"))!.Split(';')[0];
        LeaseOf(login).ShouldBe((_time.GetUtcNow() + UnitReader.Lease).ToUnixTimeSeconds());
        Written(Page(login, "ann")).ShouldBeNull();

        _time.Advance(UnitReader.Lease);
        var over = Written(Page(login, "ann"))!.Split(';')[0];
        LeaseOf(over).ShouldBe(Visitor.LeaseOver);
        Written(Page(over, "ann")).ShouldBeNull();

        var logout = Written(Page(over))!.Split(';')[0];
        LeaseOf(logout).ShouldBeNull();
    }

    // A lease is written by any answer that may carry a cookie: the client has its id already, so there is no second one to be made.
    [Fact]
    public void Write_LeaseOnAnAnswerThatIsNoPage_IsWritten()
    {
        var context = Page(_parts.VisitorCookie(Id), "ann", type: "application/json");
        context.Request.Headers.Accept = "application/json";

        LeaseOf(Written(context)!.Split(';')[0]).ShouldNotBeNull();
    }

    private static DefaultHttpContext Page(string cookies = "", string? account = null, string? type = Html)
    {
        var context = UnitParts.Request(cookies, account);
        context.Request.Headers.Accept = "text/html";
        context.Response.Headers.CacheControl = "private";
        context.Response.ContentType = type;
        return context;
    }

    private static DefaultHttpContext Answer(int status, string? cacheControl)
    {
        var context = new DefaultHttpContext();
        context.Response.StatusCode = status;
        if (cacheControl is not null) context.Response.Headers.CacheControl = cacheControl;
        return context;
    }

    private string? Written(HttpContext context)
    {
        _parts.Answers.Write(context, UnitParts.AllRules);
        return context.Response.Headers.SetCookie.SingleOrDefault(c => c!.Contains("Strangler-Visitor", StringComparison.Ordinal));
    }

    private long? LeaseOf(string cookie)
    {
        var visitor = _parts.Keys.Cookie.Verify(cookie.AsSpan(cookie.IndexOf('=', StringComparison.Ordinal) + 1))!;
        visitor.Id.ShouldBe(Id);
        return visitor.LeaseEnds;
    }
}
