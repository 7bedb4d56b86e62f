using System.Security.Cryptography;
using System.Text;
using LegacyShop.Data;
using LegacyShop.Seeding;
using LegacyShop.Services;
using Shouldly;
using Xunit;

namespace Strangler.UnitTests.LegacyShop;

public sealed class SeedDataTests
{
    private static readonly SeedOptions Whole = new(SeedOptions.DefaultSeed, Scale: 1);

    [Fact]
    public void Create_DefaultSeed_GivesTheRowsItAlwaysGave()
    {
        // Other people's tests and pictures rest on these rows: a new value here is a change that they must hear of.
        Checksum(Whole).ShouldBe("b080232410a304db");
    }

    [Fact]
    public void Create_SameSeed_GivesTheSameRows() =>
        Checksum(new SeedOptions(7, 0.1)).ShouldBe(Checksum(new SeedOptions(7, 0.1)));

    [Fact]
    public void Create_OtherSeed_GivesOtherRows() =>
        (Checksum(new SeedOptions(7, 0.1)) == Checksum(new SeedOptions(8, 0.1))).ShouldBeFalse();

    [Theory]
    [InlineData(int.MinValue)]
    [InlineData(int.MaxValue)]
    [InlineData(0)]
    public void Create_AnySeedSmallestScale_FillsEveryTable(int seed) =>
        SeedData.Create(new SeedOptions(seed, SeedOptions.MinScale)).ShouldAllBe(table => table.Rows.Any());

    [Fact]
    public void Create_ScaleOne_HasTheSizesPromised()
    {
        var counts = SeedData.Create(Whole).ToDictionary(table => table.Name, table => table.Rows.Count(), StringComparer.Ordinal);

        counts["products"].ShouldBe(5_000);
        counts["customers"].ShouldBe(2_000);
        counts["orders"].ShouldBe(20_000);
        counts["order_items"].ShouldBeInRange(55_000, 65_000);
    }

    [Fact]
    public void Products_ScaleOne_AreAsUntidyAsPromised()
    {
        var products = ProductSeed.Create(Whole);

        Percent(products, product => product.IsDiscontinued).ShouldBe(4, tolerance: 1);
        Percent(products, product => product.IsDeleted).ShouldBe(2, tolerance: 1);
        Percent(products, product => product.Descr is null).ShouldBe(30, tolerance: 3);
        Percent(products, product => product.WeightG is null).ShouldBe(20, tolerance: 3);
        Percent(products, product => product.Name.Any(c => c > 127)).ShouldBe(5, tolerance: 4);
        Percent(products, product => IsMessy(product.Categories)).ShouldBe(12, tolerance: 4);
        // Where the tax is cut off, rounding half up gives another cent for about half of the prices.
        Percent(products, product => product.PriceCents * 19 % 100 >= 50).ShouldBe(50, tolerance: 8);
    }

    [Fact]
    public void Stock_ScaleOne_IsMissingHereAndThere()
    {
        var products = ProductSeed.Create(Whole);
        var warehouses = ShelfSeed.Stock(Whole, products).ToLookup(row => (int)row[0]!, row => (string)row[1]!);

        Percent(products, product => warehouses[product.ProdId].Count() == 2).ShouldBe(50, tolerance: 5);
        Percent(products, product => warehouses[product.ProdId].SequenceEqual(["HAM"], StringComparer.Ordinal)).ShouldBe(22, tolerance: 4);
        Percent(products, product => warehouses[product.ProdId].SequenceEqual(["MUC"], StringComparer.Ordinal)).ShouldBe(23, tolerance: 4);
        Percent(products, product => !warehouses[product.ProdId].Any()).ShouldBe(5, tolerance: 2);
    }

    [Fact]
    public void Create_EveryTime_ExistsInBerlin() =>
        SeedData.Create(Whole).SelectMany(table => table.Rows).SelectMany(row => row.OfType<DateTime>())
            .ShouldAllBe(time => ShopClock.Exists(time));

    private static double Percent(IReadOnlyCollection<Product> products, Func<Product, bool> condition) =>
        100.0 * products.Count(condition) / products.Count;

    private static bool IsMessy(string categories)
    {
        var pieces = categories.Split(',');
        return !CategoryText.Parse(categories).SetEquals(pieces)
            || pieces.Distinct(StringComparer.Ordinal).Count() != pieces.Length;
    }

    private static string Checksum(SeedOptions options)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var table in SeedData.Create(options))
        {
            foreach (var row in table.Rows)
            {
                hash.AppendData(Encoding.UTF8.GetBytes($"{table.Name}\u0001{string.Join('\u0002', row)}\n"));
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }
}
