using LegacyShop.Data;
using LegacyShop.Services;

namespace LegacyShop.Jobs;

/// <summary>The verb nightly-stock.</summary>
internal static class NightlyStockCommand
{
    // Keeps sums of the seed and an id within the database's integers.
    private const int SeedRange = 1_000_000;

    /// <summary>Runs one night, by default today's.</summary>
    public static async Task RunAsync(string[] args)
    {
        var options = VerbOptions.Parse(args, "seed");
        var clock = new ShopClock(TimeProvider.System);
        var seed = (int)((uint)options.Int("seed", clock.Now.DayOfYear) % SeedRange);
        await using var database = ShopDatabase.CreateDataSource(options.Configuration);
        var result = await new NightlyStockJob(database, clock).RunAsync(seed);
        Console.WriteLine(
            $"nightly-stock ({seed}): {result.StockCorrected} stock rows corrected, {result.StockRemoved} removed, "
            + $"{result.PricesChanged} prices changed, {result.ImagesReplaced} images replaced");
    }
}
