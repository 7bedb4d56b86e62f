using LegacyShop.Data;

namespace LegacyShop.Seeding;

/// <summary>Products as twenty years of data entry leave them.</summary>
internal static class ProductSeed
{
    private const int InactivePercent = 4;
    private const int DeletedPercent = 2;
    private const int NoDescriptionPercent = 30;
    private const int NoWeightPercent = 20;
    private const int MessyCategoriesPercent = 15;

    // Cut off or rounded half up, the tax on x.99, x.50, x.29 and x.25 differs; on the others it is the same.
    private static readonly int[] CentEndings = [99, 99, 99, 49, 95, 90, 79, 50, 29, 25, 0, 0];

    public static IReadOnlyList<Product> Create(SeedOptions options)
    {
        var random = new Random(options.Seed);
        var calendar = new SeedCalendar(options.Seed);
        return [.. Enumerable.Range(1, options.Products).Select(id => CreateOne(id, calendar, random))];
    }

    private static Product CreateOne(int id, SeedCalendar calendar, Random random)
    {
        var thing = random.Pick(ShopWords.Things);
        var created = SeedCalendar.Between(calendar.Epoch, -900, 0, random);
        return new Product
        {
            ProdId = id,
            Sku = $"SKU-{id:D5}",
            Name = Name(thing.Name, random),
            Descr = random.Percent(NoDescriptionPercent) ? null : Description(random),
            PriceCents = PriceCents(random),
            Currency = "EUR",
            Categories = Categories(thing.Category, random),
            WeightG = random.Percent(NoWeightPercent) ? null : random.Next(2, 600) * 25,
            Active = random.Flag(100 - InactivePercent),
            Deleted = random.Flag(DeletedPercent),
            Created = created,
            Updated = SeedCalendar.Between(created, 1, 600, random),
        };
    }

    private static string Name(string thing, Random random)
    {
        var name = $"{random.Pick(ShopWords.Materials)} {thing}";
        return random.Percent(60) ? $"{name} {random.Pick(ShopWords.Series)} {random.Next(1, 40) * 5}" : name;
    }

    private static string Description(Random random) =>
        string.Join(' ', Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Pick(ShopWords.Sentences)));

    // Many cheap products, few expensive ones.
    private static int PriceCents(Random random)
    {
        var share = random.NextDouble();
        var euros = 2 + (int)(400 * share * share * share);
        return (euros * 100) + random.Pick(CentEndings);
    }

    private static string Categories(string first, Random random)
    {
        var others = Enumerable.Range(0, random.Next(0, 4)).Select(_ => random.Pick(ShopWords.Categories));
        string[] categories = [first, .. others];
        if (!random.Percent(MessyCategoriesPercent))
        {
            return string.Join(',', categories.Distinct(StringComparer.Ordinal));
        }

        return random.Next(5) switch
        {
            0 => string.Join(", ", categories),
            1 => string.Join(',', categories) + ",",
            2 => $" {string.Join(" ,", categories)} ,,{first}",
            3 => string.Join(',', categories.Append(char.ToUpperInvariant(first[0]) + first[1..])),
            _ => string.Join(',', categories).ToUpperInvariant(),
        };
    }
}
