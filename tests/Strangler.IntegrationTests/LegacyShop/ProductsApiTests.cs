using System.Net;
using System.Text.Json;
using Shouldly;

namespace Strangler.IntegrationTests.LegacyShop;

[Collection(SharedShop.Name)]
public sealed class ProductsApiTests(RunningShop shop)
{
    private const string Stamp = @"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}$";
    private const string Time = @"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$";

    [Fact]
    public async Task List_FirstPage_IsTheContract()
    {
        using var visitor = shop.Visit();

        var list = await visitor.JsonAsync(HttpStatusCode.OK, "/api/products");

        list.Names().ShouldBe("generatedAt page size total items");
        list.Text("generatedAt")!.ShouldMatch(Stamp);
        list.Number("page").ShouldBe(1);
        list.Number("size").ShouldBe(24);
        list.Number("total").ShouldBe(
            await shop.ScalarAsync<int>("select count(*) from products where active = 'Y' and deleted = 'N'"));
        list.Items().Count.ShouldBe(24);
    }

    [Fact]
    public async Task List_Items_AreByNameAndLeaveOutAnUnknownWeight()
    {
        using var visitor = shop.Visit();

        var items = (await visitor.JsonAsync(HttpStatusCode.OK, "/api/products?size=100&page=2")).Items();

        items.Select(item => (item.Text("name")!, item.Number("id")))
            .ShouldBe(items.Select(item => (item.Text("name")!, item.Number("id"))).OrderBy(
                pair => pair, Comparer<(string Name, int Id)>.Create((a, b) =>
                    string.CompareOrdinal(a.Name, b.Name) is var order and not 0 ? order : a.Id.CompareTo(b.Id))));
        items.Select(item => item.Names()).Distinct(StringComparer.Ordinal).ShouldBe(
            [
                "id sku name price currency priceWithTax categories weightGrams stock",
                "id sku name price currency priceWithTax categories stock",
            ],
            ignoreOrder: true);
    }

    [Fact]
    public async Task List_AllPages_ShowEveryProductOnce()
    {
        using var visitor = shop.Visit();
        var ids = new List<int>();
        for (var page = 1; page <= 50; page++)
        {
            ids.AddRange((await visitor.JsonAsync(HttpStatusCode.OK, $"/api/products?size=100&page={page}"))
                .Items().Select(item => item.Number("id")));
        }

        ids.Count.ShouldBe(await shop.ScalarAsync<int>("select count(*) from products where active = 'Y' and deleted = 'N'"));
        ids.ShouldBeUnique();
    }

    [Fact]
    public async Task List_Category_FindsMessyTextToo()
    {
        using var visitor = shop.Visit();
        await shop.ExecuteAsync(
            "update products set categories = ' Rare Things ,, rare things,' where sku = @sku", new { sku = await shop.SkuAsync(nth: 900) });

        var list = await visitor.JsonAsync(HttpStatusCode.OK, "/api/products?category=%20RARE%20things");

        list.Number("total").ShouldBe(1);
        list.Items().Single().GetProperty("categories").EnumerateArray().Single().GetString().ShouldBe("rare things");
    }

    [Theory]
    [InlineData("/api/products?size=0", "size must be 1 to 100")]
    [InlineData("/api/products?size=101", "size must be 1 to 100")]
    [InlineData("/api/products?size=x", "size must be 1 to 100")]
    [InlineData("/api/products?page=0", "page must be 1 to 10000")]
    [InlineData("/api/products?page=10001", "page must be 1 to 10000")]
    [InlineData("/api/search", "q must have at least 2 characters")]
    [InlineData("/api/search?q=x", "q must have at least 2 characters")]
    public async Task Get_OutOfRange_SaysWhatIsLegal(string path, string expected)
    {
        using var visitor = shop.Visit();

        var error = await visitor.JsonAsync(HttpStatusCode.BadRequest, path);

        error.Names().ShouldBe("error");
        error.Text("error").ShouldBe(expected);
    }

    [Fact]
    public async Task Get_FullProduct_IsTheContract()
    {
        using var visitor = shop.Visit();
        var sku = await shop.SkuAsync(
            "p.active = 'Y' and p.deleted = 'N' and p.descr is not null and p.weight_g is not null and p.price_cents % 100 = 99");

        var product = await visitor.JsonAsync(HttpStatusCode.OK, $"/api/products/{sku}");

        product.Names().ShouldBe(
            "generatedAt id sku name description price currency priceWithTax categories weightGrams images stock createdAt updatedAt");
        product.Text("generatedAt")!.ShouldMatch(Stamp);
        product.Text("createdAt")!.ShouldMatch(Time);
        product.Text("updatedAt")!.ShouldMatch(Time);
        var cents = (int)(product.Amount("price") * 100);
        product.Amount("priceWithTax").ShouldBe((cents + (cents * 19 / 100)) / 100m);
        product.Number("stock").ShouldBe(await shop.ScalarAsync<int>(
            "select coalesce(sum(qty), 0) from stock where prod_id = @id", new { id = product.Number("id") }));
    }

    [Fact]
    public async Task Get_BareProduct_LeavesOutDescriptionAndSaysNullForWeight()
    {
        using var visitor = shop.Visit();
        var sku = await shop.SkuAsync("p.active = 'Y' and p.deleted = 'N' and p.descr is null and p.weight_g is null");

        var product = await visitor.JsonAsync(HttpStatusCode.OK, $"/api/products/{sku}");

        product.TryGetProperty("description", out _).ShouldBeFalse();
        product.GetProperty("weightGrams").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task Get_ImagesOutOfOrder_AreByPosition()
    {
        using var visitor = shop.Visit();
        var sku = await shop.SkuAsync(nth: 901);
        await shop.ExecuteAsync(
            """
            delete from product_images where prod_id = (select prod_id from products where sku = @sku);
            insert into product_images (prod_id, pos, url) select prod_id, 2, '/img/b.jpg' from products where sku = @sku;
            insert into product_images (prod_id, pos, url) select prod_id, 1, '/img/a.jpg' from products where sku = @sku;
            """,
            new { sku });

        var product = await visitor.JsonAsync(HttpStatusCode.OK, $"/api/products/{sku}");

        product.Items("images").Select(url => url.GetString()).ShouldBe(["/img/a.jpg", "/img/b.jpg"]);
    }

    [Theory]
    [InlineData("p.deleted = 'Y' and p.active = 'Y'", HttpStatusCode.NotFound, "product not found")]
    [InlineData("p.deleted = 'N' and p.active = 'N'", HttpStatusCode.Gone, "product discontinued")]
    public async Task Get_NotOnSale_SaysWhy(string condition, HttpStatusCode status, string expected)
    {
        using var visitor = shop.Visit();
        var sku = await shop.SkuAsync(condition);

        var error = await visitor.JsonAsync(status, $"/api/products/{sku}");

        error.Names().ShouldBe("error sku");
        error.Text("error").ShouldBe(expected);
        error.Text("sku").ShouldBe(sku);
    }

    [Theory]
    [InlineData("/api/products/NO-SUCH")]
    [InlineData("/api/stock/NO-SUCH")]
    public async Task Get_UnknownSku_NotFound(string path)
    {
        using var visitor = shop.Visit();

        (await visitor.JsonAsync(HttpStatusCode.NotFound, path)).Text("sku").ShouldBe("NO-SUCH");
    }

    [Fact]
    public async Task Search_AnyCase_FindsTheFirstFiftyByIdInNoOrder()
    {
        using var visitor = shop.Visit();
        await using var connection = new Npgsql.NpgsqlConnection(shop.Database);
        var expected = await Dapper.SqlMapper.QueryAsync<int>(
            connection,
            """
            select prod_id from products
            where active = 'Y' and deleted = 'N' and (name ilike '%lamp%' or descr ilike '%lamp%') order by prod_id limit 50
            """);

        var result = await visitor.JsonAsync(HttpStatusCode.OK, "/api/search?q=lAmP");

        result.Names().ShouldBe("generatedAt query count items");
        result.Text("query").ShouldBe("lAmP");
        result.Number("count").ShouldBe(50);
        var ids = result.Items().Select(item => item.Number("id")).ToList();
        ids.ShouldBe(expected, ignoreOrder: true);
        ids.SequenceEqual(ids.Order()).ShouldBeFalse();
    }

    [Fact]
    public async Task Search_Umlauts_IgnoresTheirCase()
    {
        using var visitor = shop.Visit();

        (await visitor.JsonAsync(HttpStatusCode.OK, "/api/search?q=K%C3%9CSTEN")).Number("count").ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Stock_Product_ShowsItsWarehouses()
    {
        using var visitor = shop.Visit();
        var sku = await shop.SkuWithStockAsync(902, hamburg: 3, munich: 4);

        var stock = await visitor.JsonAsync(HttpStatusCode.OK, $"/api/stock/{sku}");

        stock.GetRawText().ShouldBe(
            $$"""{"sku":"{{sku}}","warehouses":[{"wh":"HAM","qty":3},{"wh":"MUC","qty":4}],"total":7}""");
    }

    [Theory]
    [InlineData("GET", "/api/nothing", HttpStatusCode.NotFound)]
    [InlineData("PUT", "/api/cart", HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "/api/products?category=a%00b", HttpStatusCode.BadRequest)]
    public async Task Api_RequestNobodyExpected_AnswersJson(string method, string path, HttpStatusCode expected)
    {
        using var visitor = shop.Visit();

        (await visitor.JsonAsync(expected, path, new HttpMethod(method))).Names().ShouldBe("error");
    }

    [Fact]
    public async Task Head_Product_AnswersWithoutABody()
    {
        using var visitor = shop.Visit();

        using var response = await visitor.SendAsync(HttpMethod.Head, $"/api/products/{await shop.SkuAsync()}");

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }
}
