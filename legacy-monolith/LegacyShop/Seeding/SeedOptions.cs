namespace LegacyShop.Seeding;

/// <summary>How much is generated, and from which seed.</summary>
/// <param name="Seed">The same seed gives the same rows.</param>
/// <param name="Scale">1 is 5,000 products, 2,000 customers and 20,000 orders.</param>
internal sealed record SeedOptions(int Seed, double Scale)
{
    public const int DefaultSeed = 2009;
    public const double MinScale = 0.01;
    public const double MaxScale = 100;

    public int Products => (int)Math.Round(5_000 * Scale);

    public int Customers => (int)Math.Round(2_000 * Scale);

    public int Orders => (int)Math.Round(20_000 * Scale);
}
