using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.Extensions.Primitives;
using Shouldly;
using Strangler.Core.Model;
using Strangler.Core.Routing;
using Strangler.Proxy.Units;
using Xunit;

namespace Strangler.UnitTests.Units;

public sealed class UnitReaderTests
{
    private const string Id = "0123456789abcdefABCDEF";
    private static readonly UnitRules SessionsOnly = new(UnitParts.SessionCookie);

    private readonly ManualTimeProvider _time = new();
    private readonly UnitParts _parts;

    public UnitReaderTests() => _parts = new UnitParts(time: _time);

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
    [InlineData("theme=LegacySession; LegacySession=abc", "abc")]
    [InlineData("theme=LegacySession=x; LegacySession=abc", "abc")]
    [InlineData("theme=x LegacySession=y", "")]
    [InlineData("LegacySession2=x; LegacySession=abc", "abc")]
    [InlineData(";;; ;", "")]
    public void Read_CookieHeader_FindsTheSession(string header, string unit) => Session(header).ShouldBe(unit);

    [Fact]
    public void Read_CookiesOverSeveralHeaders_FindsTheSession() => Session(new StringValues(["theme=dark", "LegacySession=abc"])).ShouldBe("abc");

    [Fact]
    public void Read_NoCookieHeader_IsNobody() => Session(StringValues.Empty).ShouldBe("");

    [Fact]
    public void Read_MonolithWithoutSessions_IsNobody() =>
        _parts.UnitOf(UnitParts.Request("LegacySession=abc"), new UnitRules(SessionCookie: null)).ShouldBe("");

    [Fact]
    public void Read_AllThree_AccountBeforeSessionBeforeVisitor()
    {
        var visitor = _parts.VisitorCookie(Id);
        var noVisitors = UnitParts.AllRules with { MintsVisitor = false };

        _parts.UnitOf(UnitParts.Request($"LegacySession=s; {visitor}", account: "a"), noVisitors).ShouldBe("a");
        _parts.UnitOf(UnitParts.Request($"LegacySession=s; {visitor}")).ShouldBe("s");
        _parts.UnitOf(UnitParts.Request(visitor)).ShouldBe(Id);
        _parts.UnitOf(UnitParts.Request(visitor), noVisitors).ShouldBe("");
    }

    [Fact]
    public void Read_SessionLongerThanAUnit_LetsTheVisitorDecide() =>
        _parts.UnitOf(UnitParts.Request($"LegacySession={new string('x', Bucket.MaxUnitLength + 1)}; {_parts.VisitorCookie(Id)}")).ShouldBe(Id);

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1/32", true)]
    [InlineData("127.0.0.2", "127.0.0.1/32", false)]
    [InlineData("::ffff:127.0.0.1", "127.0.0.1/32", true)]
    [InlineData("::ffff:127.0.0.2", "127.0.0.1/32", false)]
    [InlineData("10.20.30.40", "10.20.16.0/20", true)]
    [InlineData("10.20.32.0", "10.20.16.0/20", false)]
    [InlineData("10.20.30.40", "0.0.0.0/0", true)]
    [InlineData("10.20.30.40", "::ffff:10.20.0.0/112", true)]
    [InlineData("10.21.30.40", "::ffff:10.20.0.0/112", false)]
    [InlineData("10.20.30.40", "::/0", false)]
    [InlineData("2001:db8::1", "2001:db8::/33", true)]
    [InlineData("2001:db8:8000::1", "2001:db8::/33", false)]
    [InlineData("2001:db8::1", "0.0.0.0/0", false)]
    public void Read_AccountHeader_CountsFromListedNetworksOnly(string from, string network, bool believed)
    {
        var rules = new UnitRules(SessionCookie: null)
        {
            Account = new AccountRules(null, new TrustedHeader(UnitParts.AccountHeader, [IPNetwork.Parse("192.0.2.0/24"), IPNetwork.Parse(network)])),
        };

        _parts.UnitOf(UnitParts.Request(account: "ann", from: from), rules).ShouldBe(believed ? "ann" : "");
    }

    // Forwarded headers, which stand before us, have replaced the address by one that the client made up.
    [Theory]
    [InlineData("127.0.0.1", "192.0.2.7", false)]
    [InlineData("192.0.2.7", "127.0.0.1", true)]
    public async Task Read_AddressReplacedByForwardedHeaders_AsksTheConnection(string replacedBy, string listed, bool believed)
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(listener.LocalEndPoint!, TestContext.Current.CancellationToken);
        using var accepted = await listener.AcceptAsync(TestContext.Current.CancellationToken);
        var context = UnitParts.Request(account: "ann", from: replacedBy);
        context.Features.Set<IConnectionSocketFeature>(new Accepted(accepted));
        var rules = new UnitRules(SessionCookie: null)
        {
            Account = new AccountRules(null, new TrustedHeader(UnitParts.AccountHeader, [IPNetwork.Parse($"{listed}/32")])),
        };
        _parts.UnitOf(context, rules).ShouldBe(believed ? "ann" : "");

        Allocations.PerCall(() => _ = _parts.Reader.Read(context, rules)).ShouldBe(0);
        accepted.Dispose();
        _parts.UnitOf(context, rules).ShouldBe("");
    }

    [Fact]
    public void Read_AccountHeaderTwice_IsNotBelieved()
    {
        var context = UnitParts.Request();
        context.Request.Headers[UnitParts.AccountHeader] = new StringValues(["forged", "ann"]);

        _parts.UnitOf(context).ShouldBe("");
    }

    [Theory]
    [InlineData("Test", "ann")]
    [InlineData(null, "")]
    public void Read_Claim_CountsOnlyWhenVerified(string? scheme, string unit)
    {
        var rules = new UnitRules(SessionCookie: null) { Account = new AccountRules("sub", Header: null) };
        var context = UnitParts.Request(account: "forged");
        context.User = UnitParts.User("sub", "ann", scheme);

        _parts.UnitOf(context, rules).ShouldBe(unit);
    }

    [Theory]
    [InlineData("127.0.0.1", "testers, staff")]
    [InlineData("192.0.2.1", "")]
    public void Read_GroupsHeader_CountsFromListedNetworksOnly(string from, string groups) =>
        _parts.Reader.Read(UnitParts.Request(groups: "testers, staff", from: from), UnitParts.AllRules).Requester.Groups.ToString().ShouldBe(groups);

    [Fact]
    public void Drop_HeadersFromAnybody_KeepsThemOnlyForListedProxies()
    {
        var (listed, stranger) = (UnitParts.Request(account: "a", groups: "g"), UnitParts.Request(account: "a", groups: "g", from: "192.0.2.1"));

        TrustedHeaders.Drop(listed, UnitParts.AllRules);
        TrustedHeaders.Drop(stranger, UnitParts.AllRules);

        listed.Request.Headers.Count.ShouldBe(2);
        stranger.Request.Headers.Count.ShouldBe(0);
    }

    [Fact]
    public void Read_Login_LetsTheVisitorDecideForOneLease()
    {
        _parts.UnitOf(UnitParts.Request(_parts.VisitorCookie(Id), account: "ann")).ShouldBe(Id);
        _parts.StepOf(UnitParts.Request(_parts.VisitorCookie(Id), account: "ann")).ShouldBe(VisitorStep.StartLease);

        var leased = UnitParts.Request(_parts.VisitorCookie(Id, (_time.GetUtcNow() + UnitReader.Lease).ToUnixTimeSeconds()), account: "ann");
        _time.Advance(UnitReader.Lease - TimeSpan.FromSeconds(1));
        (_parts.UnitOf(leased), _parts.StepOf(leased)).ShouldBe((Id, VisitorStep.None));
        _time.Advance(TimeSpan.FromSeconds(1));
        (_parts.UnitOf(leased), _parts.StepOf(leased)).ShouldBe(("ann", VisitorStep.EndLease));

        var over = UnitParts.Request(_parts.VisitorCookie(Id, Visitor.LeaseOver), account: "ann");
        (_parts.UnitOf(over), _parts.StepOf(over)).ShouldBe(("ann", VisitorStep.None));
    }

    [Fact]
    public void Read_Logout_ClearsTheLease()
    {
        var leased = UnitParts.Request(_parts.VisitorCookie(Id, Visitor.LeaseOver));

        (_parts.UnitOf(leased), _parts.StepOf(leased)).ShouldBe((Id, VisitorStep.ClearLease));
    }

    // Written by an edge whose clock is that far ahead; this edge's clock is right.
    [Theory]
    [InlineData(-1, false)]
    [InlineData(1, false)]
    [InlineData(24 * 365, true)]
    public void Read_LeaseOfAnEdgeWithAWrongClock_StillDecidesAndIsShortenedOnlyWhenAbsurd(int hoursAhead, bool shortened)
    {
        var ends = (_time.GetUtcNow() + UnitReader.Lease + TimeSpan.FromHours(hoursAhead)).ToUnixTimeSeconds();
        var context = UnitParts.Request(_parts.VisitorCookie(Id, ends), account: "ann");

        (_parts.UnitOf(context), _parts.StepOf(context)).ShouldBe((Id, shortened ? VisitorStep.StartLease : VisitorStep.None));
    }

    [Fact]
    public void Read_SeveralVisitorCookies_TakesTheFirstGenuineOneOfAFew()
    {
        var (name, genuine) = (UnitReader.PlainCookie, _parts.VisitorCookie(Id));

        _parts.UnitOf(UnitParts.Request($"{name}=planted; {genuine}")).ShouldBe(Id);
        _parts.UnitOf(UnitParts.Request($"{name}=1; {name}=2; {name}=3; {name}=4; {genuine}")).ShouldBe("");
    }

    [Fact]
    public void Read_OverTls_TakesOnlyTheCookieThatThisHostHasSet()
    {
        var context = UnitParts.Request(_parts.VisitorCookie(Id));
        context.Request.Scheme = "https";
        _parts.UnitOf(context).ShouldBe("");

        context.Request.Headers.Cookie = "__Host-" + _parts.VisitorCookie(Id);
        _parts.UnitOf(context).ShouldBe(Id);
    }

    private sealed record Accepted(Socket Socket) : IConnectionSocketFeature;

    private string Session(StringValues cookies) => _parts.UnitOf(UnitParts.Request(cookies), SessionsOnly);
}
