namespace LegacyShop.Seeding;

/// <summary>The whole content of a new shop.</summary>
internal static class SeedData
{
    /// <summary>All tables in the order in which they can be filled.</summary>
    public static IReadOnlyList<SeedTable> Create(SeedOptions options)
    {
        var products = ProductSeed.Create(options);
        var customers = CustomerSeed.Create(options);
        var orders = new OrderSeed(options, products, customers);
        return
        [
            new SeedTable(
                "products",
                "prod_id, sku, name, descr, price_cents, currency, categories, weight_g, active, deleted, created, updated",
                products.Select(p => new object?[]
                {
                    p.ProdId, p.Sku, p.Name, p.Descr, p.PriceCents, p.Currency, p.Categories, p.WeightG, p.Active, p.Deleted,
                    p.Created, p.Updated,
                })),
            new SeedTable("product_images", "img_id, prod_id, pos, url", ShelfSeed.Images(options)),
            new SeedTable("stock", "prod_id, wh, qty, changed", ShelfSeed.Stock(options, products)),
            new SeedTable(
                "customers",
                "cust_id, full_name, email, pw_salt, pw_hash, phone, ship_street1, ship_street2, ship_street3, ship_zip, "
                + "ship_city, ship_country, points, vip, created",
                customers.Select(c => new object?[]
                {
                    c.CustId, c.FullName, c.Email, c.PwSalt, c.PwHash, c.Phone, c.ShipStreet1, c.ShipStreet2, c.ShipStreet3,
                    c.ShipZip, c.ShipCity, c.ShipCountry, c.Points, c.Vip, c.Created,
                })),
            new SeedTable(
                "orders",
                "ord_id, ord_no, cust_id, cust_name, cust_email, cust_phone, ship_street1, ship_street2, ship_street3, ship_zip, "
                + "ship_city, ship_country, status, total_cents, tax_cents, currency, note, created",
                orders.Orders),
            new SeedTable("order_items", "ord_id, line_no, sku, name, qty, price_cents", orders.Items),
        ];
    }
}
