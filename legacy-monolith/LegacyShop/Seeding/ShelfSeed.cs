using LegacyShop.Data;

namespace LegacyShop.Seeding;

/// <summary>What belongs to products: images and stock.</summary>
internal static class ShelfSeed
{
    private const int MaxImages = 4;
    private const int MaxQty = 120;

    /// <summary>Rows of product_images, 0 to 4 for each product.</summary>
    public static IEnumerable<object?[]> Images(SeedOptions options)
    {
        var random = new Random(unchecked(options.Seed + 1));
        var imageId = 0;
        for (var prodId = 1; prodId <= options.Products; prodId++)
        {
            var count = random.Next(MaxImages + 1);
            for (var pos = 1; pos <= count; pos++)
            {
                yield return [++imageId, prodId, pos, $"/img/{prodId}-{pos}.jpg"];
            }
        }
    }

    /// <summary>Rows of stock: most products are in both warehouses, some in one, a few in none.</summary>
    public static IEnumerable<object?[]> Stock(SeedOptions options, IReadOnlyList<Product> products)
    {
        var random = new Random(unchecked(options.Seed + 2));
        foreach (var product in products)
        {
            var place = random.Next(100);
            foreach (var warehouse in ShopWords.Warehouses)
            {
                var holds = place < 50 || (place < 72 && warehouse == "HAM") || (place is >= 72 and < 95 && warehouse == "MUC");
                if (holds)
                {
                    var qty = random.Percent(5) ? 0 : random.Next(1, MaxQty);
                    yield return [product.ProdId, warehouse, qty, SeedCalendar.Between(product.Created, 1, 600, random)];
                }
            }
        }
    }
}
