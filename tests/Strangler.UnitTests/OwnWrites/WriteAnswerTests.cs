using Microsoft.AspNetCore.Http;
using Shouldly;
using Strangler.Core.Model;
using Strangler.Proxy.OwnWrites;
using Xunit;
using Yarp.ReverseProxy.Forwarder;
using static Strangler.UnitTests.OwnWrites.WritingClient;

namespace Strangler.UnitTests.OwnWrites;

/// <summary>What the answer to a write makes the client remember.</summary>
public sealed class WriteAnswerTests : OwnWriteScene
{
    [Fact]
    public async Task Write_Cookie_IsForThisHostAndNoScript()
    {
        await Client.WriteAsync(EdgeParts, Products);

        Client.SetCookie!.ShouldMatch("^Strangler-Writes=v1\\.old\\.products_[0-9a-f]{11}\\.[A-Za-z0-9_-]{43}; max-age=86400; path=/; samesite=lax; httponly$");
    }

    [Fact]
    public async Task Write_AfterAnother_KeepsWhatIsStillPendingAndForgetsTheRest()
    {
        await Client.WriteAsync(EdgeParts, Products);
        Watermarks(Time.GetUtcNow());
        Time.Advance(TimeSpan.FromSeconds(1));
        await Client.WriteAsync(EdgeParts, Orders);
        Time.Advance(TimeSpan.FromSeconds(1));
        await Client.WriteAsync(EdgeParts, Stocks);

        Names().ShouldBe([Orders, Stocks]);
        Watermarks(Time.GetUtcNow().AddMilliseconds(-500));
        Client.Read(EdgeParts, Orders).Side.ShouldBe(Side.New);
        Client.Read(EdgeParts, Stocks).Side.ShouldBe(Side.Legacy);
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
        await Client.WriteAsync(EdgeParts, Products, answer => answer.StatusCode = status);

        Client.Read(EdgeParts, Products).Side.ShouldBe(Side.Legacy);
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
        await Client.WriteAsync(EdgeParts, Products, answer => answer.Headers[header] = value);

        (Client.SetCookie is not null).ShouldBe(carries);
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
        await Client.WriteAsync(EdgeParts, Products, answer =>
        {
            answer.Headers.ContentLocation = "/products";
            if (cacheControl is not null) answer.Headers.CacheControl = cacheControl;
        }, method: method);

        (Client.SetCookie is not null).ShouldBe(carries);
    }

    // Nobody knows what legacy still does with a request that it has not answered.
    [Theory]
    [InlineData(ForwarderError.RequestTimedOut)]
    [InlineData(ForwarderError.Request)]
    [InlineData(ForwarderError.ResponseHeaders)]
    public async Task Write_LegacyDidNotAnswer_MayBeCommittedAMinuteLater(ForwarderError failure)
    {
        await Client.WriteAsync(EdgeParts, Products, answer => answer.StatusCode = StatusCodes.Status504GatewayTimeout, failure);

        Watermarks(Time.GetUtcNow().AddSeconds(59));
        Client.Read(EdgeParts, Products).Side.ShouldBe(Side.Legacy);
        Watermarks(Time.GetUtcNow() + WriteRecorder.LateCommit);
        Client.Read(EdgeParts, Products).Side.ShouldBe(Side.New);
    }

    [Fact]
    public async Task Write_NobodyToSendItTo_IsNone()
    {
        await Client.WriteAsync(EdgeParts, Products, failure: ForwarderError.NoAvailableDestinations);

        Client.Cookie.ShouldBeNull();
    }
}
