using System.Net;
using Shouldly;

namespace Strangler.IntegrationTests.LegacyShop;

[Collection(SharedShop.Name)]
public sealed class PagesTests(RunningShop shop)
{
    [Theory]
    [InlineData("/", "Our products")]
    [InlineData("/products", "Our products")]
    [InlineData("/products?category=garden&page=2", "garden")]
    [InlineData("/products?q=lamp", "Found for \"lamp\"")]
    [InlineData("/products?q=zzzzzz", "Nothing here.")]
    [InlineData("/login", "Log in")]
    [InlineData("/logout", "Log out")]
    [InlineData("/cart", "It is empty.")]
    public async Task Page_Visitor_ShowsIt(string path, string expected)
    {
        using var visitor = shop.Visit();

        (await visitor.PageAsync(path)).ShouldContain(expected);
    }

    [Theory]
    [InlineData("/nothing", HttpStatusCode.NotFound)]
    [InlineData("/product/NO-SUCH", HttpStatusCode.NotFound)]
    [InlineData("/products?page=0", HttpStatusCode.BadRequest)]
    public async Task Page_NotThere_AnswersWithAPage(string path, HttpStatusCode expected)
    {
        using var visitor = shop.Visit();

        using var response = await visitor.SendAsync(HttpMethod.Get, path);

        response.StatusCode.ShouldBe(expected);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
    }

    [Fact]
    public async Task Page_TextFromOutside_IsEncoded()
    {
        using var visitor = shop.Visit();

        using var response = await visitor.SendAsync(HttpMethod.Get, "/products?q=%3Cscript%3E");

        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldNotContain("<script");
    }

    [Theory]
    [InlineData("/login")]
    [InlineData("/logout")]
    [InlineData("/cart?handler=Set")]
    [InlineData("/checkout")]
    public async Task Post_WithoutToken_IsRefused(string path)
    {
        using var visitor = await shop.VisitAsync(60);
        await visitor.PageAsync("/login");
        // Good enough for every one of the forms, were it not for the token.
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["email"] = ShopVisitor.EmailOf(60),
            ["password"] = "demo",
            ["sku"] = await shop.SkuAsync(),
            ["qty"] = "1",
        });

        using var response = await visitor.SendAsync(HttpMethod.Post, path, form);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await visitor.PageAsync("/products")).ShouldContain("Log out");
    }

    [Fact]
    public async Task Redirect_ForeignHostHeader_IsAbsoluteForThatHost()
    {
        using var visitor = shop.Visit();

        using var response = await visitor.SendAsync(HttpMethod.Get, "/checkout", host: "shop.example:8080");

        response.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        response.Headers.Location!.OriginalString.ShouldBe("http://shop.example:8080/login?returnUrl=/checkout");
    }

    [Theory]
    [InlineData("/checkout", "/checkout")]
    [InlineData("https://evil.example/", "/products")]
    [InlineData("//evil.example/", "/products")]
    public async Task Login_ReturnUrl_StaysInTheShop(string returnUrl, string expected)
    {
        using var visitor = shop.Visit();

        using var response = await visitor.SubmitAsync(
            "/login", fields: [("email", ShopVisitor.EmailOf(61)), ("password", "demo"), ("returnUrl", returnUrl)]);

        response.Headers.Location!.OriginalString.ShouldBe(new Uri(shop.Address, expected).AbsoluteUri);
    }

    [Fact]
    public async Task Login_WrongPassword_SaysSo()
    {
        using var visitor = shop.Visit();

        using var response = await visitor.SubmitAsync("/login", fields: [("email", ShopVisitor.EmailOf(61)), ("password", "x")]);

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("password is wrong");
    }

    [Fact]
    public async Task Shopping_FromProductToOrder_Works()
    {
        using var visitor = shop.Visit();
        var sku = await shop.SkuWithStockAsync(20, hamburg: 5, munich: 5);

        using (var added = await visitor.SubmitAsync($"/product/{sku}", fields: [("qty", "2")]))
        {
            added.Headers.Location!.OriginalString.ShouldBe(new Uri(shop.Address, "/cart").AbsoluteUri);
        }

        using (var set = await visitor.SubmitAsync("/cart?handler=Set", fields: [("sku", sku), ("qty", "3")]))
        {
            set.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        }

        (await visitor.PageAsync("/cart")).ShouldContain("Cart (3)");
        using (await visitor.SubmitAsync("/login", fields: [("email", ShopVisitor.EmailOf(62)), ("password", "demo")]))
        {
            (await visitor.PageAsync("/checkout")).ShouldContain("Place the order");
        }

        using var placed = await visitor.SubmitAsync("/checkout", fields: [("note", "by hand")]);

        placed.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await visitor.PageAsync(placed.Headers.Location!.PathAndQuery)).ShouldContain("Thank you.");
        (await visitor.JsonAsync(HttpStatusCode.OK, $"/api/stock/{sku}")).Number("total").ShouldBe(7);
    }

    [Fact]
    public async Task Checkout_OutOfStock_SaysWhichProduct()
    {
        using var visitor = await shop.VisitAsync(63);
        var sku = await shop.SkuWithStockAsync(21, hamburg: 0, munich: 0);
        await visitor.AddToCartAsync(sku, 1);

        using var response = await visitor.SubmitAsync("/checkout");

        response.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("out of stock");
    }

    [Fact]
    public async Task Product_QuantityOutOfRange_SaysSo()
    {
        using var visitor = shop.Visit();

        using var response = await visitor.SubmitAsync($"/product/{await shop.SkuAsync()}", fields: [("qty", "100")]);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("1 to 99");
    }

    [Fact]
    public async Task Logout_Form_EndsTheLogin()
    {
        using var visitor = await shop.VisitAsync(64);

        using var response = await visitor.SubmitAsync("/logout");

        response.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        await visitor.JsonAsync(HttpStatusCode.Unauthorized, "/api/customers/64");
    }
}
