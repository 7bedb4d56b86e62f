using LegacyShop.Data;
using LegacyShop.Services;

namespace LegacyShop.Seeding;

/// <summary>Orders with their wide rows; some show a customer as he was before he moved.</summary>
internal sealed class OrderSeed
{
    private const int MaxLines = 5;
    private const int OrderDays = 700;
    private const int FormerAddressPercent = 8;
    private const int FormerMailPercent = 4;
    private const int FormerPricePercent = 10;

    private readonly List<object?[]> _orders = [];
    private readonly List<object?[]> _items = [];

    public OrderSeed(SeedOptions options, IReadOnlyList<Product> products, IReadOnlyList<Customer> customers)
    {
        var random = new Random(unchecked(options.Seed + 4));
        var epoch = new SeedCalendar(options.Seed).Epoch;
        for (var id = 1; id <= options.Orders; id++)
        {
            var day = (int)((long)OrderDays * (id - 1) / options.Orders);
            var created = SeedCalendar.Between(epoch, day, day + 1, random);
            Add(id, random.Pick(customers), Lines(id, products, random), created, random);
        }
    }

    /// <summary>Rows of orders.</summary>
    public IReadOnlyList<object?[]> Orders => _orders;

    /// <summary>Rows of order_items.</summary>
    public IReadOnlyList<object?[]> Items => _items;

    private static List<OrderItem> Lines(int orderId, IReadOnlyList<Product> products, Random random)
    {
        var skus = new HashSet<string>(StringComparer.Ordinal);
        var lines = new List<OrderItem>();
        var count = random.Next(1, MaxLines + 1);
        while (lines.Count < count)
        {
            var product = random.Pick(products);
            if (skus.Add(product.Sku))
            {
                lines.Add(new OrderItem
                {
                    OrdId = orderId,
                    LineNo = lines.Count + 1,
                    Sku = product.Sku,
                    Name = product.Name,
                    Qty = random.Percent(75) ? 1 : random.Next(2, 6),
                    PriceCents = random.Percent(FormerPricePercent) ? product.PriceCents + 100 : product.PriceCents,
                });
            }
        }

        return lines;
    }

    private void Add(int id, Customer customer, List<OrderItem> lines, DateTime created, Random random)
    {
        var moved = random.Percent(FormerAddressPercent);
        var town = random.Pick(ShopWords.Towns);
        var mail = random.Percent(FormerMailPercent) ? $"old.{customer.Email}" : customer.Email;
        _orders.Add(
        [
            id,
            OrderNumber.Format(id),
            customer.CustId,
            customer.FullName,
            mail,
            moved ? CustomerSeed.Phone(random) : customer.Phone,
            moved ? CustomerSeed.Street(random) : customer.ShipStreet1,
            moved ? null : customer.ShipStreet2,
            moved ? null : customer.ShipStreet3,
            moved ? town.Zip : customer.ShipZip,
            moved ? town.City : customer.ShipCity,
            moved ? town.Country : customer.ShipCountry,
            Status(random),
            lines.Sum(line => line.Qty * TaxRule.WithTaxCents(line.PriceCents)),
            lines.Sum(line => line.Qty * TaxRule.TaxCents(line.PriceCents)),
            "EUR",
            random.Percent(4) ? "Please leave it with the neighbours." : null,
            created,
        ]);
        _items.AddRange(lines.Select(
            line => new object?[] { line.OrdId, line.LineNo, line.Sku, line.Name, line.Qty, line.PriceCents }));
    }

    private static string Status(Random random) => random.Next(100) switch
    {
        < 6 => "C",
        < 10 => "X",
        < 14 => "P",
        < 16 => "N",
        _ => "S",
    };
}
