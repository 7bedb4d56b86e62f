using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Shouldly;

namespace Strangler.IntegrationTests.LegacyShop;

/// <summary>A browser of its own: keeps cookies, follows nothing.</summary>
internal sealed partial class ShopVisitor : IDisposable
{
    private readonly HttpClient _client;

    public ShopVisitor(Uri address) =>
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = Cookies }) { BaseAddress = address };

    public CookieContainer Cookies { get; } = new();

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content = null, string? host = null)
    {
        var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Host = host;
        return _client.SendAsync(request);
    }

    /// <summary>The JSON of an answer that must have this status.</summary>
    public async Task<JsonElement> JsonAsync(
        HttpStatusCode expected, string path, HttpMethod? method = null, object? body = null)
    {
        using var content = body is null ? null : JsonContent.Create(body);
        using var response = await SendAsync(method ?? HttpMethod.Get, path, content);
        var text = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(expected, text);
        response.Content.Headers.ContentType?.MediaType.ShouldBe("application/json");
        return JsonDocument.Parse(text).RootElement;
    }

    /// <summary>The text of a page that must answer 200.</summary>
    public async Task<string> PageAsync(string path)
    {
        using var response = await SendAsync(HttpMethod.Get, path);
        var text = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        return WebUtility.HtmlDecode(text);
    }

    /// <summary>Opens a page and sends its form back, with its antiforgery token.</summary>
    public async Task<HttpResponseMessage> SubmitAsync(string page, string? host = null, params (string Name, string Value)[] fields)
    {
        var token = TokenField().Match(await PageAsync(page.Split('?')[0])).Groups["token"].Value;
        token.ShouldNotBeEmpty();
        using var form = new FormUrlEncodedContent(
            fields.Append(("__RequestVerificationToken", token)).Select(field => KeyValuePair.Create(field.Item1, field.Item2)));
        return await SendAsync(HttpMethod.Post, page, form, host);
    }

    public Task<JsonElement> LogInAsync(int customer, string password = "demo") =>
        JsonAsync(HttpStatusCode.OK, "/api/login", HttpMethod.Post, new { email = EmailOf(customer), password });

    public Task<JsonElement> AddToCartAsync(string sku, int qty) =>
        JsonAsync(HttpStatusCode.OK, "/api/cart", HttpMethod.Post, new { sku, qty });

    public void Dispose() => _client.Dispose();

    /// <summary>The mail address of a seeded customer.</summary>
    public static string EmailOf(int customer) =>
        string.Create(CultureInfo.InvariantCulture, $"customer{customer:D4}@shop.example");

    [GeneratedRegex(
        """name="__RequestVerificationToken" type="hidden" value="(?<token>[^"]+)\x22""",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex TokenField();
}
