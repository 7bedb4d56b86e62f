using Shouldly;
using Strangler.Core.Model;
using Strangler.Core.Routing;
using Strangler.Proxy.Adapters;
using Strangler.Proxy.OwnWrites;
using Strangler.UnitTests.Units;
using Xunit;
using static Strangler.UnitTests.OwnWrites.WritingClient;

namespace Strangler.UnitTests.OwnWrites;

public sealed class OwnWriteTests : OwnWriteScene
{
    [Fact]
    public async Task Read_AfterAWrite_StaysOnLegacyUntilTheWatermarkHasPassed()
    {
        Client.Read(EdgeParts, Products).Side.ShouldBe(Side.New);

        await Client.WriteAsync(EdgeParts, Products);

        var decision = Client.Read(EdgeParts, Products);
        (decision.Side, decision.Reason).ShouldBe((Side.Legacy, DecisionReason.OwnWrite));
        decision.HeaderValue.ShouldContain(";reason=own-write;");
        var written = Time.GetUtcNow();
        Watermarks(written.AddMilliseconds(-1));
        Client.Read(EdgeParts, Products).Side.ShouldBe(Side.Legacy);
        Watermarks(written);
        Client.Read(EdgeParts, Products).Reason.ShouldBe(DecisionReason.InsideShare);
    }

    [Fact]
    public async Task Read_OfWhatTheWriteDoesNotChange_GoesOn()
    {
        await Client.WriteAsync(EdgeParts, Products);

        Client.Read(EdgeParts, Orders).Side.ShouldBe(Side.New);
        new WritingClient().Read(EdgeParts, Products).Side.ShouldBe(Side.New);
    }

    [Fact]
    public async Task Read_OfWhatTheRulesSayIsAffected_StaysOnLegacy()
    {
        await Client.WriteAsync(EdgeParts, Orders);

        Client.Read(EdgeParts, Orders).Side.ShouldBe(Side.Legacy);
        Client.Read(EdgeParts, Stocks).Side.ShouldBe(Side.Legacy);
        Client.Read(EdgeParts, Products).Side.ShouldBe(Side.New);
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
        await Client.WriteAsync(EdgeParts, capability: null, method: method);

        string[] all = [Products, Orders, Stocks];
        all.ShouldAllBe(name => (Client.Read(EdgeParts, name).Side == Side.Legacy) == writes);
    }

    // Nothing that no adapter brings can be awaited: only a write that names it keeps its reads.
    [Theory]
    [InlineData(null, Side.New)]
    [InlineData(Products, Side.Legacy)]
    public async Task Read_OfWhatNoAdapterFeeds_IsKeptByItsOwnWritesOnly(string? write, Side side)
    {
        EdgeParts.Adapters.Show(Reading((Orders, Time.GetUtcNow())));

        await Client.WriteAsync(EdgeParts, write);

        Client.Read(EdgeParts, Products).Side.ShouldBe(side);
    }

    [Fact]
    public async Task Read_WatermarkUnknown_StaysOnLegacy()
    {
        await Client.WriteAsync(EdgeParts, Products);
        Time.Advance(TimeSpan.FromHours(1));

        EdgeParts.Adapters.Show(Reading((Products, null)));
        Client.Read(EdgeParts, Products).Side.ShouldBe(Side.Legacy);
        EdgeParts.Adapters.Show(null);
        Client.Read(EdgeParts, Products).Side.ShouldBe(Side.Legacy);
        new WritingClient().Read(EdgeParts, Products).Side.ShouldBe(Side.New);
    }

    [Theory]
    [InlineData(Stage.Legacy, false)]
    [InlineData(Stage.Shadow, true)]
    [InlineData(Stage.ReadCanary, true)]
    public async Task Write_AtAStage_IsRememberedWhereReadsMayMove(Stage stage, bool remembered)
    {
        await Client.WriteAsync(Edge(Time, plan: Plan(stage)), Products);

        (Client.Cookie is not null).ShouldBe(remembered);
    }

    [Fact]
    public async Task Write_OneCapabilityAtLegacy_NamesOnlyTheOther()
    {
        await Client.WriteAsync(Edge(Time, plan: Plan(stayAtLegacy: Orders)), Orders);

        Client.Cookie!.ShouldStartWith($"v1.old.{Stocks}_");
        Client.Cookie.ShouldNotContain(Orders);
    }

    [Fact]
    public async Task Write_RulesWithoutAdapters_IsNotRemembered()
    {
        var edge = Edge(Time, plan: Plan(adapters: false));
        var cookie = new WritingClient();
        await cookie.WriteAsync(EdgeParts, Products);

        await Client.WriteAsync(edge, Products);

        Client.Cookie.ShouldBeNull();
        cookie.Read(edge, Products).Side.ShouldBe(Side.New);
    }

    [Fact]
    public async Task Read_TamperedCookie_IsNone()
    {
        await Client.WriteAsync(EdgeParts, Products);
        Client.Cookie = Client.Cookie![..^1] + "!";

        Client.Read(EdgeParts, Products).Side.ShouldBe(Side.New);
    }

    [Fact]
    public async Task Read_KeysRotatedMeanwhile_StillStaysOnLegacy()
    {
        await Client.WriteAsync(EdgeParts, Products);
        var rotated = Edge(Time, $"{UnitParts.NewKey}\n{UnitParts.OldKey}");
        rotated.Adapters.Show(EdgeParts.Adapters.Current);

        Client.Read(rotated, Products).Side.ShouldBe(Side.Legacy);
    }

    // The first cookie of the name need not be ours: somebody may have planted one.
    [Fact]
    public async Task Read_PlantedCookieBeforeOurs_OursCounts()
    {
        await Client.WriteAsync(EdgeParts, Products);
        Client.Cookie = $"v1.made-up; {WriteCookie.PlainName}={Client.Cookie}";

        Client.Read(EdgeParts, Products).Side.ShouldBe(Side.Legacy);
    }

    // A login between the write and the read: another unit, the same client.
    [Fact]
    public async Task Read_AsAnotherUnitOfTheSameClient_StaysOnLegacy()
    {
        await Client.WriteAsync(EdgeParts, Products);
        var context = UnitParts.Request($"LegacySession=another; {WriteCookie.PlainName}={Client.Cookie}", account: "ann");

        EdgeParts.Decider.Decide(context, $"GET /{Products}")!.Reason.ShouldBe(DecisionReason.OwnWrite);
    }

    [Fact]
    public async Task Read_KilledMeanwhile_SaysKilled()
    {
        await Client.WriteAsync(EdgeParts, Products);
        var killed = Edge(Time, plan: new Plan(2, Plan().Rules, new Dictionary<string, CapabilityState>(StringComparer.Ordinal)
        {
            [Products] = new(Stage.ReadCanary, 100, Killed: true),
        }));

        Client.Read(killed, Products).Reason.ShouldBe(DecisionReason.Killed);
    }

    [Fact]
    public async Task Write_AdaptersNeverReached_TakesTheirClockForAheadOfOurs()
    {
        var edge = Edge(Time);
        await Client.WriteAsync(edge, Products);

        edge.Adapters.Show(Reading((Products, Time.GetUtcNow() + AdapterView.UnknownClock - TimeSpan.FromMilliseconds(1))));
        Client.Read(edge, Products).Side.ShouldBe(Side.Legacy);
        edge.Adapters.Show(Reading((Products, Time.GetUtcNow() + AdapterView.UnknownClock)));
        Client.Read(edge, Products).Side.ShouldBe(Side.New);
    }
}
