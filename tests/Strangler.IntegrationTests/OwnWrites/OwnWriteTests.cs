using System.Net;
using Shouldly;
using Strangler.IntegrationTests.Shadow;

namespace Strangler.IntegrationTests.OwnWrites;

/// <summary>Whoever writes reads from legacy until the watermark has passed; the watermark is held back by the test.</summary>
public sealed class OwnWriteTests
{
    private static readonly TimeSpan Forever = TimeSpan.FromDays(1);

    [Fact]
    public async Task Read_AfterAnOwnWrite_IsOnLegacyUntilTheWatermarkPasses()
    {
        await using var shop = await LaggingShop.StartAsync(Forever);
        shop.Adapters.StandStill();
        using var writer = shop.Client();
        using var other = shop.Client();
        (await writer.ReadAsync("1")).Side.ShouldBe("new");

        await writer.WriteAsync("/things/1", "lamp");

        (await writer.ReadAsync("1")).ShouldBe(("lamp", "legacy", "own-write"));
        (await other.ReadAsync("1")).ShouldBe(("", "new", "everyone"));
        shop.OwnWriteReads.ShouldBe(1);
        shop.Adapters.Follow();
        await UntilNewAsync(writer, "1");
    }

    [Theory]
    [InlineData("/forms/1")]
    [InlineData("/unclaimed/1")]
    public async Task Read_AfterAWriteOfAnotherPath_IsOnLegacyToo(string path)
    {
        await using var shop = await LaggingShop.StartAsync(Forever);
        using var writer = shop.Client();

        var answer = await writer.WriteAsync(path, "lamp");

        // The form redirects to the thing: that read comes first, and with the cookie of the redirect.
        if (path == "/forms/1") (answer.Text, answer.Reason).ShouldBe(("lamp", "own-write"));
        (await writer.ReadAsync("1")).ShouldBe(("lamp", "legacy", "own-write"));
    }

    [Fact]
    public async Task Read_AfterAWriteThatBrokeOff_IsOnLegacy()
    {
        await using var shop = await LaggingShop.StartAsync(Forever);
        using var writer = shop.Client();

        (await writer.WriteAsync("/things/1", "break")).Status.ShouldBe(HttpStatusCode.BadGateway);

        (await writer.ReadAsync("1")).ShouldBe(("break", "legacy", "own-write"));
    }

    [Fact]
    public async Task Read_NoWatermarkOrNoAdapters_IsOnLegacyForWritersOnly()
    {
        await using var shop = await LaggingShop.StartAsync(TimeSpan.Zero);
        using var writer = shop.Client();
        using var other = shop.Client();
        shop.Adapters.Tell(() => null);
        await shop.Adapters.LookedAtTwiceAsync();
        await writer.WriteAsync("/things/1", "lamp");

        (await writer.ReadAsync("1")).ShouldBe(("lamp", "legacy", "own-write"));
        await shop.Adapters.DisposeAsync();
        await ShadowedEdge.UntilAsync(() => shop.AdaptersAreAway, () => "the edge to see that the adapters are away");

        (await writer.ReadAsync("1")).Reason.ShouldBe("own-write");
        (await other.ReadAsync("1")).Side.ShouldBe("new");
    }

    [Fact]
    public async Task Read_AtAnotherEdgeThanTheWrite_IsOnLegacyToo()
    {
        await using var shop = await LaggingShop.StartAsync(Forever, edges: 2);
        using var writer = shop.Client();

        await writer.WriteAsync("/things/1", "lamp");

        (await writer.ReadAsync("1")).ShouldBe(("lamp", "legacy", "own-write"));
        (await writer.ReadAsync("1")).ShouldBe(("lamp", "legacy", "own-write"));
    }

    private static async Task UntilNewAsync(ThingClient client, string id)
    {
        var side = "";
        var started = TimeProvider.System.GetTimestamp();
        while (side != "new")
        {
            TimeProvider.System.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(30), "waited for the new side");
            side = (await client.ReadAsync(id)).Side;
        }
    }
}
