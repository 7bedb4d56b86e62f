using LegacyShop.Data;

namespace LegacyShop.Seeding;

/// <summary>The verb seed.</summary>
internal static class SeedCommand
{
    /// <summary>Fills the configured database and prints the number of rows of each table.</summary>
    public static async Task RunAsync(string[] args)
    {
        var options = VerbOptions.Parse(args, "seed", "scale");
        var seed = new SeedOptions(
            options.Int("seed", SeedOptions.DefaultSeed),
            options.Number("scale", fallback: 1, SeedOptions.MinScale, SeedOptions.MaxScale));
        await using var database = ShopDatabase.CreateDataSource(options.Configuration);
        var counts = await DatabaseSeeder.RunAsync(database, seed);
        Console.WriteLine($"seeded ({seed.Seed}): " + string.Join(", ", counts.Select(count => $"{count.Rows} {count.Table}")));
    }
}
