using System.Globalization;
using Shouldly;

namespace Strangler.IntegrationTests.OwnWrites;

/// <summary>
/// Shoppers who write and read at once, over two edges, in front of a new side that lags by seconds: each read must show what its shopper wrote
/// last. The same shoppers without cookies show that the test can fail.
/// </summary>
public sealed class NobodyMissesTests
{
    private const int Shoppers = 24;
    private const int Rounds = 2;

    private static readonly TimeSpan Lag = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly string[] Paths = ["things", "forms", "unclaimed"];

    [Theory]
    [InlineData(20261121)]
    public async Task Read_NewSideLagsBySeconds_NobodyMissesTheirOwnWrite(int seed)
    {
        var counts = await RunAsync(seed, keepsCookies: true);

        counts.Sum(c => c.Missed).ShouldBe(0, $"seed {seed}");
        counts.ShouldAllBe(c => c.OnLegacy > 0 && c.OnNew > 0);
    }

    [Fact]
    public async Task Read_ClientsDropTheCookie_MissTheirOwnWrite() =>
        (await RunAsync(20261121, keepsCookies: false)).Sum(c => c.Missed).ShouldBeGreaterThan(Shoppers);

    private static async Task<(int Missed, int OnLegacy, int OnNew)[]> RunAsync(int seed, bool keepsCookies)
    {
        await using var shop = await LaggingShop.StartAsync(Lag, edges: 2);
        return await Task.WhenAll(Enumerable.Range(0, Shoppers).Select(number => ShopAsync(shop, new Random(seed + number), number, keepsCookies)));
    }

    private static async Task<(int Missed, int OnLegacy, int OnNew)> ShopAsync(LaggingShop shop, Random random, int number, bool keepsCookies)
    {
        using var client = shop.Client(keepsCookies);
        var id = number.ToString(CultureInfo.InvariantCulture);
        var (missed, onLegacy, onNew) = (0, 0, 0);
        for (var round = 0; round < Rounds; round++)
        {
            var text = string.Create(CultureInfo.InvariantCulture, $"{number}-{round}-{random.Next()}");
            await client.WriteAsync($"/{Paths[random.Next(Paths.Length)]}/{id}", text);

            // Until the new side has it: from then on there is nothing that could be missed.
            var started = TimeProvider.System.GetTimestamp();
            for (var isThere = false; !isThere;)
            {
                TimeProvider.System.GetElapsedTime(started).ShouldBeLessThan(Patience, $"shopper {number} waited for the write on the new side");
                var read = await client.ReadAsync(id);
                if (read.Text != text) missed++;
                if (read.Side == "legacy") onLegacy++;
                else onNew++;
                isThere = read.Side == "new" && read.Text == text;
                await Task.Delay(random.Next(5, 50), TestContext.Current.CancellationToken);
            }
        }

        return (missed, onLegacy, onNew);
    }
}
