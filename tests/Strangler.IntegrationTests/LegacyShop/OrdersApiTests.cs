using System.Diagnostics;
using System.Net;
using Dapper;
using LegacyShop.Jobs;
using LegacyShop.Services;
using Npgsql;
using Shouldly;

namespace Strangler.IntegrationTests.LegacyShop;

[Collection(SharedShop.Name)]
public sealed class OrdersApiTests(RunningShop shop)
{
    [Fact]
    public async Task Cart_AddAndRemove_ShowsLinesAndTotal()
    {
        using var visitor = shop.Visit();
        var sku = await shop.SkuAsync(nth: 1);

        var cart = await visitor.AddToCartAsync(sku, 2);
        cart.Names().ShouldBe("generatedAt items total currency");
        cart.Items().Single().Names().ShouldBe("sku name qty price priceWithTax lineTotal");
        cart = await visitor.AddToCartAsync(sku, 1);
        cart.Items().Single().Number("qty").ShouldBe(3);
        cart.Amount("total").ShouldBe(3 * cart.Items().Single().Amount("priceWithTax"));

        cart = await visitor.JsonAsync(HttpStatusCode.OK, $"/api/cart/{sku}", HttpMethod.Delete);
        cart.Items().ShouldBeEmpty();
        await visitor.JsonAsync(HttpStatusCode.NotFound, $"/api/cart/{sku}", HttpMethod.Delete);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(100)]
    public async Task Cart_QuantityOutOfRange_IsRefused(int qty)
    {
        using var visitor = shop.Visit();
        var sku = await shop.SkuAsync();

        var error = await visitor.JsonAsync(HttpStatusCode.BadRequest, "/api/cart", HttpMethod.Post, new { sku, qty });

        error.Text("error").ShouldBe("qty must be 1 to 99");
    }

    [Fact]
    public async Task Cart_MoreThanTheMaximumInTwoSteps_IsRefused()
    {
        using var visitor = shop.Visit();
        var sku = await shop.SkuAsync();
        await visitor.AddToCartAsync(sku, 99);

        await visitor.JsonAsync(HttpStatusCode.BadRequest, "/api/cart", HttpMethod.Post, new { sku, qty = 1 });
    }

    [Theory]
    [InlineData("p.deleted = 'Y'", HttpStatusCode.NotFound)]
    [InlineData("p.deleted = 'N' and p.active = 'N'", HttpStatusCode.Gone)]
    public async Task Cart_ProductNotOnSale_IsRefused(string condition, HttpStatusCode expected)
    {
        using var visitor = shop.Visit();
        var sku = await shop.SkuAsync(condition);

        (await visitor.JsonAsync(expected, "/api/cart", HttpMethod.Post, new { sku, qty = 1 })).Text("sku").ShouldBe(sku);
    }

    [Fact]
    public async Task Order_Cart_TakesStockAndWritesTheWideRow()
    {
        using var visitor = await shop.VisitAsync(20);
        var sku = await shop.SkuWithStockAsync(10, hamburg: 2, munich: 5);
        var updated = await shop.ScalarAsync<DateTime>("select updated from products where sku = @sku", new { sku });
        await visitor.AddToCartAsync(sku, 4);

        var order = await visitor.JsonAsync(HttpStatusCode.Created, "/api/orders", HttpMethod.Post, new { note = "Ring twice." });

        order.Names().ShouldBe("id orderNo status total tax currency note createdAt items");
        order.Text("status").ShouldBe("N");
        (await visitor.JsonAsync(HttpStatusCode.OK, $"/api/stock/{sku}")).GetProperty("warehouses").GetRawText()
            .ShouldBe("""[{"wh":"HAM","qty":0},{"wh":"MUC","qty":3}]""");
        (await visitor.JsonAsync(HttpStatusCode.OK, "/api/cart")).Items().ShouldBeEmpty();
        (await shop.ScalarAsync<DateTime>("select updated from products where sku = @sku", new { sku })).ShouldBe(updated);
        (await shop.ScalarAsync<bool>(
            """
            select (o.cust_name, o.cust_email, o.cust_phone, o.ship_street1, o.ship_street2, o.ship_street3, o.ship_zip,
                    o.ship_city, o.ship_country)
                is not distinct from
                   (c.full_name, c.email, c.phone, c.ship_street1, c.ship_street2, c.ship_street3, c.ship_zip,
                    c.ship_city, c.ship_country)
                and o.note = 'Ring twice.'
                and o.total_cents = (select sum(i.qty * (i.price_cents + i.price_cents * 19 / 100)) from order_items i
                                     where i.ord_id = o.ord_id)
            from orders o join customers c using (cust_id) where o.ord_no = @no and c.cust_id = 20
            """,
            new { no = order.Text("orderNo") })).ShouldBeTrue();
    }

    [Fact]
    public async Task Orders_Customer_AreNewestFirst()
    {
        using var visitor = await shop.VisitAsync(21);
        await visitor.AddToCartAsync(await shop.SkuWithStockAsync(11, hamburg: 9, munich: 0), 1);
        var placed = await visitor.JsonAsync(HttpStatusCode.Created, "/api/orders", HttpMethod.Post);

        var list = await visitor.JsonAsync(HttpStatusCode.OK, "/api/orders");

        list.Names().ShouldBe("generatedAt orders");
        list.Items("orders")[0].Text("orderNo").ShouldBe(placed.Text("orderNo"));
        list.Items("orders").Count.ShouldBe(await shop.ScalarAsync<int>("select least(50, count(*)) from orders where cust_id = 21"));
        list.Items("orders")[0].Items().Single().Names().ShouldBe("sku name qty price");
    }

    [Fact]
    public async Task Order_EmptyCart_IsRefused()
    {
        using var visitor = await shop.VisitAsync(22);

        (await visitor.JsonAsync(HttpStatusCode.BadRequest, "/api/orders", HttpMethod.Post)).Text("error").ShouldBe("cart is empty");
    }

    [Fact]
    public async Task Order_NoteTooLong_IsRefused()
    {
        using var visitor = await shop.VisitAsync(22);

        await visitor.JsonAsync(HttpStatusCode.BadRequest, "/api/orders", HttpMethod.Post, new { note = new string('x', 501) });
    }

    [Fact]
    public async Task Order_OneLineOutOfStock_ConflictsAndChangesNothing()
    {
        using var visitor = await shop.VisitAsync(23);
        var plenty = await shop.SkuWithStockAsync(12, hamburg: 9, munich: 9);
        var scarce = await shop.SkuWithStockAsync(13, hamburg: 1, munich: 1);
        await visitor.AddToCartAsync(plenty, 1);
        await visitor.AddToCartAsync(scarce, 3);

        var error = await visitor.JsonAsync(HttpStatusCode.Conflict, "/api/orders", HttpMethod.Post);

        error.GetRawText().ShouldBe($$"""{"error":"out of stock","sku":"{{scarce}}"}""");
        (await visitor.JsonAsync(HttpStatusCode.OK, $"/api/stock/{plenty}")).Number("total").ShouldBe(18);
        (await visitor.JsonAsync(HttpStatusCode.OK, $"/api/stock/{scarce}")).Number("total").ShouldBe(2);
        (await visitor.JsonAsync(HttpStatusCode.OK, "/api/cart")).Items().Count.ShouldBe(2);
    }

    [Fact]
    public async Task Order_ProductGoneSinceItWasPutIntoTheCart_Conflicts()
    {
        using var visitor = await shop.VisitAsync(24);
        var sku = await shop.SkuWithStockAsync(905, hamburg: 9, munich: 9);
        await visitor.AddToCartAsync(sku, 1);
        await shop.ExecuteAsync("update products set active = 'N' where sku = @sku", new { sku });

        var error = await visitor.JsonAsync(HttpStatusCode.Conflict, "/api/orders", HttpMethod.Post);

        error.Text("error").ShouldBe("product not available");
    }

    [Fact]
    public async Task Order_ManyAtOnce_NeverSellMoreThanThereIs()
    {
        var sku = await shop.SkuWithStockAsync(14, hamburg: 3, munich: 2);
        var visitors = await Task.WhenAll(Enumerable.Range(30, 9).Select(shop.VisitAsync));
        await Task.WhenAll(visitors.Select(visitor => visitor.AddToCartAsync(sku, 1)));

        var responses = await Task.WhenAll(visitors.Select(visitor => visitor.SendAsync(HttpMethod.Post, "/api/orders")));

        responses.Count(response => response.StatusCode == HttpStatusCode.Created).ShouldBe(5);
        responses.Count(response => response.StatusCode == HttpStatusCode.Conflict).ShouldBe(4);
        (await shop.ScalarAsync<int>("select count(*) from order_items where sku = @sku and ord_id > 20000", new { sku })).ShouldBe(5);
        (await shop.ScalarAsync<string>(
            "select string_agg(qty::text, ',') from stock join products using (prod_id) where sku = @sku", new { sku })).ShouldBe("0,0");
    }

    [Fact]
    public async Task Order_SameCartTwiceAtOnce_IsPlacedOnce()
    {
        using var visitor = await shop.VisitAsync(40);
        await visitor.AddToCartAsync(await shop.SkuWithStockAsync(15, hamburg: 50, munich: 50), 1);

        var responses = await Task.WhenAll(
            Enumerable.Range(0, 6).Select(_ => visitor.SendAsync(HttpMethod.Post, "/api/orders")));

        responses.Select(response => response.StatusCode).Order().ShouldBe(
            [HttpStatusCode.Created, .. Enumerable.Repeat(HttpStatusCode.BadRequest, 5)]);
    }

    [Fact]
    public async Task NightlyJob_OrderUnderWay_WaitsForItBeforeTouchingAnyRow()
    {
        // Rows that the job of seed 0 corrects; in the middle of the job one of them could be locked and the other wanted.
        const string Corrected =
            "p.prod_id % 20 = 0 and p.prod_id % 7 <> 3 and exists (select from stock s where s.prod_id = p.prod_id)";
        var early = await shop.SkuAsync(Corrected, nth: 30);
        var late = await shop.SkuAsync(Corrected, nth: 60);
        const string Take = "update stock set changed = changed where prod_id = (select prod_id from products where sku = @sku)";
        await using var database = NpgsqlDataSource.Create(shop.Database);
        await using var order = await database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await order.BeginTransactionAsync(TestContext.Current.CancellationToken);

        await order.ExecuteAsync(Take, new { sku = late });
        var night = new NightlyStockJob(database, new ShopClock(TimeProvider.System)).RunAsync(seed: 0);
        await UntilSomebodyWaitsForALockAsync();
        await order.ExecuteAsync(Take, new { sku = early });
        await transaction.CommitAsync(TestContext.Current.CancellationToken);

        (await night).StockCorrected.ShouldBeGreaterThan(0);
    }

    private async Task UntilSomebodyWaitsForALockAsync()
    {
        const string Waiting =
            "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
        var patience = Stopwatch.StartNew();
        while (await shop.ScalarAsync<int>(Waiting) == 0)
        {
            patience.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(30));
            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }
    }
}
