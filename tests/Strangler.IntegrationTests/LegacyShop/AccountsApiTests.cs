using System.Net;
using Shouldly;

namespace Strangler.IntegrationTests.LegacyShop;

[Collection(SharedShop.Name)]
public sealed class AccountsApiTests(RunningShop shop)
{
    [Fact]
    public async Task Session_FirstRequest_IsMintedAndKeptByLogin()
    {
        using var visitor = shop.Visit();
        using var first = await visitor.SendAsync(HttpMethod.Get, "/api/cart");
        var minted = visitor.Cookies.GetAllCookies()["LegacySession"]!;
        minted.HttpOnly.ShouldBeTrue();
        minted.Path.ShouldBe("/");

        await visitor.LogInAsync(1);
        using var second = await visitor.SendAsync(HttpMethod.Get, "/products");

        second.Headers.TryGetValues("Set-Cookie", out var cookies);
        (cookies ?? []).ShouldNotContain(cookie => cookie.StartsWith("LegacySession", StringComparison.Ordinal));
        visitor.Cookies.GetAllCookies()["LegacySession"]!.Value.ShouldBe(minted.Value);
    }

    [Fact]
    public async Task Session_StaticFile_IsNotMinted()
    {
        using var visitor = shop.Visit();

        using var css = await visitor.SendAsync(HttpMethod.Get, "/shop.css");
        using var image = await visitor.SendAsync(HttpMethod.Get, "/img/1-1.jpg");

        css.StatusCode.ShouldBe(HttpStatusCode.OK);
        image.StatusCode.ShouldBe(HttpStatusCode.OK);
        visitor.Cookies.Count.ShouldBe(0);
    }

    [Fact]
    public async Task Session_UnusableCookie_IsReplaced()
    {
        using var visitor = shop.Visit();
        visitor.Cookies.Add(shop.Address, new Cookie("LegacySession", new string('x', 41)));

        using var response = await visitor.SendAsync(HttpMethod.Get, "/api/cart");

        visitor.Cookies.GetAllCookies()["LegacySession"]!.Value.Length.ShouldBe(32);
    }

    [Fact]
    public async Task Login_Customer_SaysWhoItIs()
    {
        using var visitor = shop.Visit();

        var login = await visitor.LogInAsync(12);

        login.Names().ShouldBe("customerId name");
        login.Number("customerId").ShouldBe(12);
    }

    [Theory]
    [InlineData("customer0001@shop.example", "wrong", HttpStatusCode.Unauthorized, "email or password is wrong")]
    [InlineData("nobody@shop.example", "demo", HttpStatusCode.Unauthorized, "email or password is wrong")]
    [InlineData("", "demo", HttpStatusCode.BadRequest, "email and password are required")]
    [InlineData("customer0001@shop.example", null, HttpStatusCode.BadRequest, "email and password are required")]
    public async Task Login_WrongOrIncomplete_IsRefused(string email, string? password, HttpStatusCode status, string expected)
    {
        using var visitor = shop.Visit();

        var error = await visitor.JsonAsync(status, "/api/login", HttpMethod.Post, new { email, password });

        error.Text("error").ShouldBe(expected);
    }

    [Fact]
    public async Task Login_DeletedCustomer_IsRefused()
    {
        using var visitor = shop.Visit();
        await shop.ExecuteAsync("update customers set deleted = 'Y' where cust_id = 13");

        await visitor.JsonAsync(
            HttpStatusCode.Unauthorized, "/api/login", HttpMethod.Post, new { email = ShopVisitor.EmailOf(13), password = "demo" });
    }

    [Theory]
    [InlineData("{\"sku\":1", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("null", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("{\"sku\":\"A\",\"qty\":\"many\"}", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("{\"sku\":\"A\\u0000\",\"qty\":1}", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("sku=A", "application/x-www-form-urlencoded", HttpStatusCode.UnsupportedMediaType)]
    public async Task Post_BodyThatIsNotUsable_AnswersJson(string body, string type, HttpStatusCode expected)
    {
        using var visitor = shop.Visit();
        using var content = new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue(type));

        using var response = await visitor.SendAsync(HttpMethod.Post, "/api/cart", content);

        response.StatusCode.ShouldBe(expected);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
    }

    [Fact]
    public async Task Post_BodyOverTheLimit_IsRefused()
    {
        using var visitor = shop.Visit();

        var error = await visitor.JsonAsync(
            HttpStatusCode.RequestEntityTooLarge, "/api/cart", HttpMethod.Post, new { sku = new string('x', 70_000), qty = 1 });

        error.Text("error").ShouldBe("payload too large");
    }

    [Fact]
    public async Task Customer_OwnAccount_IsShown()
    {
        using var visitor = await shop.VisitAsync(14);

        var customer = await visitor.JsonAsync(HttpStatusCode.OK, "/api/customers/14");

        customer.Names().ShouldBe("id name email phone street1 street2 street3 zip city country points vip createdAt");
        customer.Text("email").ShouldBe(ShopVisitor.EmailOf(14));
    }

    [Theory]
    [InlineData(15)]
    [InlineData(999_999)]
    public async Task Customer_ForeignAccount_IsForbidden(int id)
    {
        using var visitor = await shop.VisitAsync(14);

        (await visitor.JsonAsync(HttpStatusCode.Forbidden, $"/api/customers/{id}")).Text("error").ShouldBe("not your account");
    }

    [Theory]
    [InlineData("GET", "/api/customers/14")]
    [InlineData("GET", "/api/orders")]
    [InlineData("POST", "/api/orders")]
    public async Task Api_WithoutLogin_AsksForOne(string method, string path)
    {
        using var visitor = shop.Visit();

        (await visitor.JsonAsync(HttpStatusCode.Unauthorized, path, new HttpMethod(method))).Text("error").ShouldBe("login required");
    }
}
