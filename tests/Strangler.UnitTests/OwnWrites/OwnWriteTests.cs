using Microsoft.AspNetCore.Http;
using Shouldly;
using Strangler.Core.Model;
using Strangler.Core.Routing;
using Strangler.Proxy.Adapters;
using Strangler.Proxy.OwnWrites;
using Strangler.UnitTests.Units;
using Xunit;
using Yarp.ReverseProxy.Forwarder;
using static Strangler.UnitTests.OwnWrites.WritingClient;

namespace Strangler.UnitTests.OwnWrites;

public sealed class OwnWriteTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly WritingClient _client = new();
    private readonly UnitParts _edge;

    public OwnWriteTests()
    {
        _edge = Edge(_time);
        Follow();
    }

    [Fact]
    public async Task Read_AfterAWrite_StaysOnLegacyUntilTheWatermarkHasPassed()
    {
        _client.Read(_edge, Products).Side.ShouldBe(Side.New);

        await _client.WriteAsync(_edge, Products);

        var decision = _client.Read(_edge, Products);
        (decision.Side, decision.Reason).ShouldBe((Side.Legacy, DecisionReason.OwnWrite));
        decision.HeaderValue.ShouldContain(";reason=own-write;");
        var written = _time.GetUtcNow();
        Watermarks(written.AddMilliseconds(-1));
        _client.Read(_edge, Products).Side.ShouldBe(Side.Legacy);
        Watermarks(written);
        _client.Read(_edge, Products).Reason.ShouldBe(DecisionReason.InsideShare);
    }

    [Fact]
    public async Task Read_OfWhatTheWriteDoesNotChange_GoesOn()
    {
        await _client.WriteAsync(_edge, Products);

        _client.Read(_edge, Orders).Side.ShouldBe(Side.New);
        new WritingClient().Read(_edge, Products).Side.ShouldBe(Side.New);
    }

    [Fact]
    public async Task Read_OfWhatTheRulesSayIsAffected_StaysOnLegacy()
    {
        await _client.WriteAsync(_edge, Orders);

        _client.Read(_edge, Orders).Side.ShouldBe(Side.Legacy);
        _client.Read(_edge, Stocks).Side.ShouldBe(Side.Legacy);
        _client.Read(_edge, Products).Side.ShouldBe(Side.New);
    }

    [Theory]
    [InlineData("POST", true)]
    [InlineData("PUT", true)]
    [InlineData("PATCH", true)]
    [InlineData("DELETE", true)]
    [InlineData("GET", false)]
    [InlineData("HEAD", false)]
    [InlineData("OPTIONS", false)]
    public async Task Write_ThatNoCapabilityClaims_MayHaveChangedAnything(string method, bool writes)
    {
        await _client.WriteAsync(_edge, capability: null, method: method);

        string[] all = [Products, Orders, Stocks];
        all.ShouldAllBe(name => (_client.Read(_edge, name).Side == Side.Legacy) == writes);
    }

    // Nothing that no adapter brings can be awaited: only a write that names it keeps its reads.
    [Theory]
    [InlineData(null, Side.New)]
    [InlineData(Products, Side.Legacy)]
    public async Task Read_OfWhatNoAdapterFeeds_IsKeptByItsOwnWritesOnly(string? write, Side side)
    {
        _edge.Adapters.Show(Reading((Orders, _time.GetUtcNow())));

        await _client.WriteAsync(_edge, write);

        _client.Read(_edge, Products).Side.ShouldBe(side);
    }

    [Fact]
    public async Task Read_WatermarkUnknown_StaysOnLegacy()
    {
        await _client.WriteAsync(_edge, Products);
        _time.Advance(TimeSpan.FromHours(1));

        _edge.Adapters.Show(Reading((Products, null)));
        _client.Read(_edge, Products).Side.ShouldBe(Side.Legacy);
        _edge.Adapters.Show(null);
        _client.Read(_edge, Products).Side.ShouldBe(Side.Legacy);
        new WritingClient().Read(_edge, Products).Side.ShouldBe(Side.New);
    }

    [Theory]
    [InlineData(Stage.Legacy, false)]
    [InlineData(Stage.Shadow, true)]
    [InlineData(Stage.ReadCanary, true)]
    public async Task Write_AtAStage_IsRememberedWhereReadsMayMove(Stage stage, bool remembered)
    {
        await _client.WriteAsync(Edge(_time, plan: Plan(stage)), Products);

        (_client.Cookie is not null).ShouldBe(remembered);
    }

    [Fact]
    public async Task Write_OneCapabilityAtLegacy_NamesOnlyTheOther()
    {
        await _client.WriteAsync(Edge(_time, plan: Plan(stayAtLegacy: Orders)), Orders);

        _client.Cookie!.ShouldStartWith($"v1.old.{Stocks}_");
        _client.Cookie.ShouldNotContain(Orders);
    }

    [Fact]
    public async Task Write_RulesWithoutAdapters_IsNotRemembered()
    {
        var edge = Edge(_time, plan: Plan(adapters: false));
        var cookie = new WritingClient();
        await cookie.WriteAsync(_edge, Products);

        await _client.WriteAsync(edge, Products);

        _client.Cookie.ShouldBeNull();
        cookie.Read(edge, Products).Side.ShouldBe(Side.New);
    }

    [Fact]
    public async Task Write_Cookie_IsForThisHostAndNoScript()
    {
        await _client.WriteAsync(_edge, Products);

        _client.SetCookie!.ShouldMatch("^Strangler-Writes=v1\\.old\\.products_[0-9a-f]{11}\\.[A-Za-z0-9_-]{43}; max-age=86400; path=/; samesite=lax; httponly$");
    }

    [Fact]
    public async Task Write_AfterAnother_KeepsWhatIsStillPendingAndForgetsTheRest()
    {
        await _client.WriteAsync(_edge, Products);
        Watermarks(_time.GetUtcNow());
        _time.Advance(TimeSpan.FromSeconds(1));
        await _client.WriteAsync(_edge, Orders);
        _time.Advance(TimeSpan.FromSeconds(1));
        await _client.WriteAsync(_edge, Stocks);

        Names().ShouldBe([Orders, Stocks]);
        Watermarks(_time.GetUtcNow().AddMilliseconds(-500));
        _client.Read(_edge, Orders).Side.ShouldBe(Side.New);
        _client.Read(_edge, Stocks).Side.ShouldBe(Side.Legacy);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(201)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(404)]
    [InlineData(409)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task Write_AnyStatus_IsRemembered(int status)
    {
        await _client.WriteAsync(_edge, Products, answer => answer.StatusCode = status);

        _client.Read(_edge, Products).Side.ShouldBe(Side.Legacy);
    }

    [Theory]
    [InlineData("Cache-Control", "public, max-age=60", false)]
    [InlineData("Cache-Control", "s-maxage=60", false)]
    [InlineData("Surrogate-Control", "max-age=60", false)]
    [InlineData("CDN-Cache-Control", "max-age=60", false)]
    [InlineData("Cache-Control", "max-age=60", true)]
    [InlineData("Cache-Control", "private, max-age=60", true)]
    [InlineData("Cache-Control", "no-store", true)]
    [InlineData("Expires", "0", true)]
    [InlineData("Content-Location", "/products", true)]
    public async Task Write_AnswerThatASharedCacheMayKeep_CarriesNoCookie(string header, string value, bool carries)
    {
        await _client.WriteAsync(_edge, Products, answer => answer.Headers[header] = value);

        (_client.SetCookie is not null).ShouldBe(carries);
    }

    // What answers a POST may be kept only for an address it names; what answers a GET always, unless it says otherwise.
    [Theory]
    [InlineData("POST", "max-age=60", false)]
    [InlineData("POST", "private, max-age=60", true)]
    [InlineData("POST", null, true)]
    [InlineData("GET", null, false)]
    [InlineData("GET", "no-store", true)]
    public async Task Write_AnswerThatNamesItsAddress_CarriesACookieOnlyIfNoCacheMayKeepIt(string method, string? cacheControl, bool carries)
    {
        await _client.WriteAsync(_edge, Products, answer =>
        {
            answer.Headers.ContentLocation = "/products";
            if (cacheControl is not null) answer.Headers.CacheControl = cacheControl;
        }, method: method);

        (_client.SetCookie is not null).ShouldBe(carries);
    }

    // Nobody knows what legacy still does with a request that it has not answered.
    [Theory]
    [InlineData(ForwarderError.RequestTimedOut)]
    [InlineData(ForwarderError.Request)]
    [InlineData(ForwarderError.ResponseHeaders)]
    public async Task Write_LegacyDidNotAnswer_MayBeCommittedAMinuteLater(ForwarderError failure)
    {
        await _client.WriteAsync(_edge, Products, answer => answer.StatusCode = StatusCodes.Status504GatewayTimeout, failure);

        Watermarks(_time.GetUtcNow().AddSeconds(59));
        _client.Read(_edge, Products).Side.ShouldBe(Side.Legacy);
        Watermarks(_time.GetUtcNow() + WriteRecorder.LateCommit);
        _client.Read(_edge, Products).Side.ShouldBe(Side.New);
    }

    [Fact]
    public async Task Write_NobodyToSendItTo_IsNone()
    {
        await _client.WriteAsync(_edge, Products, failure: ForwarderError.NoAvailableDestinations);

        _client.Cookie.ShouldBeNull();
    }

    [Fact]
    public async Task Read_TamperedCookie_IsNone()
    {
        await _client.WriteAsync(_edge, Products);
        _client.Cookie = _client.Cookie![..^1] + "!";

        _client.Read(_edge, Products).Side.ShouldBe(Side.New);
    }

    [Fact]
    public async Task Read_KeysRotatedMeanwhile_StillStaysOnLegacy()
    {
        await _client.WriteAsync(_edge, Products);
        var rotated = Edge(_time, $"{UnitParts.NewKey}\n{UnitParts.OldKey}");
        rotated.Adapters.Show(_edge.Adapters.Current);

        _client.Read(rotated, Products).Side.ShouldBe(Side.Legacy);
    }

    // The first cookie of the name need not be ours: somebody may have planted one.
    [Fact]
    public async Task Read_PlantedCookieBeforeOurs_OursCounts()
    {
        await _client.WriteAsync(_edge, Products);
        _client.Cookie = $"v1.made-up; {WriteCookie.PlainName}={_client.Cookie}";

        _client.Read(_edge, Products).Side.ShouldBe(Side.Legacy);
    }

    // A login between the write and the read: another unit, the same client.
    [Fact]
    public async Task Read_AsAnotherUnitOfTheSameClient_StaysOnLegacy()
    {
        await _client.WriteAsync(_edge, Products);
        var context = UnitParts.Request($"LegacySession=another; {WriteCookie.PlainName}={_client.Cookie}", account: "ann");

        _edge.Decider.Decide(context, $"GET /{Products}")!.Reason.ShouldBe(DecisionReason.OwnWrite);
    }

    [Fact]
    public async Task Read_KilledMeanwhile_SaysKilled()
    {
        await _client.WriteAsync(_edge, Products);
        var killed = Edge(_time, plan: new Plan(2, Plan().Rules, new Dictionary<string, CapabilityState>(StringComparer.Ordinal)
        {
            [Products] = new(Stage.ReadCanary, 100, Killed: true),
        }));

        _client.Read(killed, Products).Reason.ShouldBe(DecisionReason.Killed);
    }

    [Fact]
    public async Task Write_AdaptersNeverReached_TakesTheirClockForAheadOfOurs()
    {
        var edge = Edge(_time);
        await _client.WriteAsync(edge, Products);

        edge.Adapters.Show(Reading((Products, _time.GetUtcNow() + AdapterView.UnknownClock - TimeSpan.FromMilliseconds(1))));
        _client.Read(edge, Products).Side.ShouldBe(Side.Legacy);
        edge.Adapters.Show(Reading((Products, _time.GetUtcNow() + AdapterView.UnknownClock)));
        _client.Read(edge, Products).Side.ShouldBe(Side.New);
    }

    private void Follow() => Watermarks(_time.GetUtcNow().AddMilliseconds(-100));

    private void Watermarks(DateTimeOffset? at) => _edge.Adapters.Show(Reading((Products, at), (Orders, at), (Stocks, at)));

    private AdapterReading Reading(params (string Name, DateTimeOffset? Watermark)[] streams)
    {
        var now = _time.GetUtcNow();
        return AdapterReading.Of(new AdapterStatus(now, [.. streams.Select(s => new AdapterStream(s.Name, s.Watermark, null))]), now, now);
    }

    private List<string> Names()
    {
        var names = new List<string>();
        var marks = new WriteMarks(WriteCookie.Verify(_edge.Keys.Ring, _client.Cookie));
        while (marks.MoveNext()) names.Add(marks.Capability.ToString());
        return names;
    }
}
