using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Shouldly;
using Strangler.IntegrationTests.NewServices;

namespace Strangler.IntegrationTests.Catalog;

public sealed class EndpointTests(CatalogFixture fixture) : IClassFixture<CatalogFixture>
{
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task GetProduct_Active_EveryField()
    {
        var product = await GetAsync("/v1/products/LAMP");

        Stamped(product);
        product["categories"] = Sorted(product["categories"]!);
        Json(product).ShouldBe(Json("""
            {"id":1,"sku":"LAMP","name":"Lamp","price":19.99,"currency":"EUR","priceWithTax":23.78,
             "categories":["garden","tools"],"weightGrams":null,"images":["/img/a.jpg","/img/b.jpg"],"stock":12,
             "createdAt":"2024-02-01T00:30:00","updatedAt":"2024-07-01T10:00:00","description":"Very BRIGHT"}
            """));
    }

    [Fact]
    public async Task GetProduct_NoDescription_FieldMissing()
    {
        var product = await GetAsync("/v1/products/ANVIL");

        product.ContainsKey("description").ShouldBeFalse();
        product["images"]!.AsArray().ShouldBeEmpty();
        product["weightGrams"]!.GetValue<int>().ShouldBe(250);
    }

    [Theory]
    [InlineData("/v1/products/NOBODY", 404, """{"error":"product not found","sku":"NOBODY"}""")]
    [InlineData("/v1/products/lamp", 404, """{"error":"product not found","sku":"lamp"}""")]
    [InlineData("/v1/products/GONE", 404, """{"error":"product not found","sku":"GONE"}""")]
    [InlineData("/v1/products/OLD", 410, """{"error":"product discontinued","sku":"OLD"}""")]
    [InlineData("/v1/products?size=101", 400, """{"error":"size must be 1 to 100"}""")]
    [InlineData("/v1/products?size=0", 400, """{"error":"size must be 1 to 100"}""")]
    [InlineData("/v1/products?size=-1", 400, """{"error":"size must be 1 to 100"}""")]
    [InlineData("/v1/products?size=ten", 400, """{"error":"size must be 1 to 100"}""")]
    [InlineData("/v1/products?page=10001", 400, """{"error":"page must be 1 to 10000"}""")]
    [InlineData("/v1/products?page=99999999999999", 400, """{"error":"page must be 1 to 10000"}""")]
    [InlineData("/v1/search", 400, """{"error":"q must have at least 2 characters"}""")]
    [InlineData("/v1/search?q=a", 400, """{"error":"q must have at least 2 characters"}""")]
    public async Task Get_Refused_StatusAndBody(string path, int status, string body)
    {
        using var response = await fixture.Catalog.Client.GetAsync(path, TestContext.Current.CancellationToken);

        ((int)response.StatusCode).ShouldBe(status);
        Json(await BodyAsync(response)).ShouldBe(Json(body));
    }

    [Fact]
    public async Task ListProducts_Default_ActiveOnesByNameThenNumber()
    {
        var page = await GetAsync("/v1/products");

        Stamped(page);
        (page["page"]!.GetValue<int>(), page["size"]!.GetValue<int>(), page["total"]!.GetValue<int>()).ShouldBe((1, 24, 3));
        Skus(page).ShouldBe(["LAMP", "LAMP2", "ANVIL"]);
        page["items"]![0]!["categories"] = Sorted(page["items"]![0]!["categories"]!);
        Json(page["items"]![0]!).ShouldBe(Json("""
            {"id":1,"sku":"LAMP","name":"Lamp","price":19.99,"currency":"EUR","priceWithTax":23.78,"categories":["garden","tools"],"stock":12}
            """));
        page["items"]![2]!["weightGrams"]!.GetValue<int>().ShouldBe(250);
    }

    [Theory]
    [InlineData("?size=2&page=1", 3, "LAMP,LAMP2")]
    [InlineData("?size=2&page=2", 3, "ANVIL")]
    [InlineData("?size=2&page=3", 3, "")]
    [InlineData("?size=100&page=10000", 3, "")]
    [InlineData("?size=&page=", 3, "LAMP,LAMP2,ANVIL")]
    [InlineData("?category=tools", 2, "LAMP,ANVIL")]
    [InlineData("?category=%20Garden%20", 1, "LAMP")]
    [InlineData("?category=", 3, "LAMP,LAMP2,ANVIL")]
    [InlineData("?category=nothing", 0, "")]
    [InlineData("?category=%00", 0, "")]
    [InlineData("?category='%3Bdrop%20table%20x", 0, "")]
    public async Task ListProducts_PagesAndCategories_TotalAndItems(string query, int total, string skus)
    {
        var page = await GetAsync("/v1/products" + query);

        page["total"]!.GetValue<int>().ShouldBe(total);
        string.Join(',', Skus(page)).ShouldBe(skus);
    }

    [Theory]
    [InlineData("lamp", "LAMP,LAMP2")]
    [InlineData("LAMP", "LAMP,LAMP2")]
    [InlineData("bright", "LAMP")]
    [InlineData("p%0Av", "LAMP")]
    [InlineData("%25%25", "")]
    [InlineData("a%00", "")]
    public async Task SearchProducts_NameOrDescription_ActiveOnesIgnoringCase(string q, string skus)
    {
        var found = await GetAsync("/v1/search?q=" + q);

        Stamped(found);
        found["query"]!.GetValue<string>().ShouldBe(Uri.UnescapeDataString(q));
        string.Join(',', Skus(found).Order(StringComparer.Ordinal)).ShouldBe(skus);
        found["count"]!.GetValue<int>().ShouldBe(Skus(found).Count);
    }

    [Fact]
    public async Task Head_Product_StatusWithoutBody()
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, "/v1/products/OLD");
        using var response = await fixture.Catalog.Client.SendAsync(request, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.Gone);
        (await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Get_UnknownPath_ProblemDetails()
    {
        using var response = await fixture.Catalog.Client.GetAsync("/nowhere", TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        (await BodyAsync(response))["status"]!.GetValue<int>().ShouldBe(404);
    }

    [Fact]
    public async Task Get_SkuOfAnyLength_NotFoundWithoutHarm() =>
        (await fixture.Catalog.StatusAsync("/v1/products/" + new string('x', 5000))).ShouldBe(404);

    [Fact]
    public async Task Metrics_AfterARequest_CountsItUnderItsRouteAndHidesTheConnection()
    {
        await GetAsync("/v1/products/LAMP");

        using var response = await fixture.Catalog.Client.GetAsync("/metrics", TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        response.Content.Headers.ContentType!.ToString().ShouldBe("text/plain; version=0.0.4; charset=utf-8");
        text.ShouldContain("# TYPE http_server_request_duration_seconds histogram\n");
        text.ShouldContain("""http_response_status_code="200",http_route="/v1/products/{sku}" """.TrimEnd());
        text.ShouldContain("""db_client_connection_pool_name="Catalog" """.TrimEnd());
        text.ShouldNotContain("Username", Case.Insensitive);
    }

    [Fact]
    public async Task AccessLog_AfterARequest_OneLineOfJson()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/products/LOGGED?x=secret");
        request.Headers.UserAgent.ParseAdd("shopper-17");
        request.Headers.Add("Trace-Me", "1");
        request.Headers.Add("Not-Me", "1");
        var before = TimeProvider.System.GetUtcNow();
        using var response = await fixture.Catalog.Client.SendAsync(request, TestContext.Current.CancellationToken);

        JsonNode? line = null;
        await ServiceProcess.Until(async () => (line = await LoggedAsync("/v1/products/LOGGED")) is not null);
        line!["m"]!.GetValue<string>().ShouldBe("GET");
        line["s"]!.GetValue<int>().ShouldBe(404);
        line["ms"]!.GetValue<double>().ShouldBeGreaterThan(0);
        line["ua"]!.GetValue<string>().ShouldBe("shopper-17");
        line["h"]!.ToJsonString().ShouldBe("""{"Trace-Me":"1"}""");
        DateTimeOffset.Parse(line["t"]!.GetValue<string>(), CultureInfo.InvariantCulture).ShouldBe(before, ClockTolerance);
    }

    private static async Task<JsonObject> BodyAsync(HttpResponseMessage response) =>
        JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!.AsObject();

    private static void Stamped(JsonObject answer)
    {
        // Local time without an offset, as the shop prints it.
        var stamp = answer["generatedAt"]!.GetValue<string>();
        var berlin = TimeZoneInfo.ConvertTime(TimeProvider.System.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
        DateTime.ParseExact(stamp, "yyyy-MM-ddTHH:mm:ss.fff", CultureInfo.InvariantCulture).ShouldBe(berlin.DateTime, ClockTolerance);
        answer.Remove("generatedAt");
    }

    private static JsonArray Sorted(JsonNode texts) =>
        [.. texts.AsArray().Select(text => text!.GetValue<string>()).Order(StringComparer.Ordinal).Select(text => JsonValue.Create(text))];

    private static List<string> Skus(JsonObject page) =>
        [.. page["items"]!.AsArray().Select(item => item!["sku"]!.GetValue<string>())];

    private static string Json(string text) => Json(JsonNode.Parse(text)!);

    private static string Json(JsonNode node) =>
        new JsonObject(node.AsObject().OrderBy(field => field.Key, StringComparer.Ordinal)
            .Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone()))).ToJsonString();

    private async Task<JsonObject> GetAsync(string path)
    {
        using var response = await fixture.Catalog.Client.GetAsync(path, TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await BodyAsync(response);
    }

    private async Task<JsonNode?> LoggedAsync(string path)
    {
        var lines = await File.ReadAllLinesAsync(fixture.Catalog.AccessLog, TestContext.Current.CancellationToken);
        return lines.Select(line => JsonNode.Parse(line)).FirstOrDefault(line => line!["p"]!.GetValue<string>() == path);
    }
}
