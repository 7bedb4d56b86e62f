using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Strangler.Demo.Tour;

/// <summary>Asks the monolith and a new service the same, past the edge, until both answer alike.</summary>
internal sealed class BothSides : IDisposable
{
    private const int Sample = 40;
    private const int Products = 5_000;
    private const int Accounts = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly TourContext _tour;
    private readonly Random _random;
    // Without a jar of cookies: each customer brings the session of a log-in of its own.
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseCookies = false });

    public BothSides(TourContext tour)
    {
        _tour = tour;
        _random = new Random(tour.Seed);
        _http.DefaultRequestHeaders.UserAgent.ParseAdd("strangler-tour");
    }

    /// <summary>How many were asked in all, of every kind.</summary>
    public int Asked { get; private set; }

    /// <summary>How many products, stocks and customers are the same on both sides.</summary>
    public async Task<(int Products, int Stocks, int Customers)> CountEqualAsync(CancellationToken cancellation)
    {
        var (products, stocks, customers) = (0, 0, 0);
        for (var n = 0; n < Sample; n++)
        {
            var sku = $"SKU-{_random.Next(1, Products + 1):D5}";
            products += await AlikeAsync("/api/products/" + sku, new Uri(_tour.Shop.Catalog, "/v1/products/" + sku), null, cancellation);
            stocks += await AlikeAsync("/api/stock/" + sku, new Uri(_tour.Shop.Inventory, "/v1/stock/" + sku), null, cancellation);
        }

        for (var customer = 1; customer <= Accounts; customer++)
        {
            var session = await LogInAsync(customer, cancellation);
            customers += await AlikeAsync(
                $"/api/customers/{customer}", new Uri(_tour.Shop.Customers, $"/v1/customers/{customer}"), session, cancellation);
        }

        return (products, stocks, customers);
    }

    public void Dispose() => _http.Dispose();

    // Shoppers buy meanwhile: what changes between the two questions is asked again.
    private async Task<int> AlikeAsync(string path, Uri service, string? session, CancellationToken cancellation)
    {
        Asked++;
        return await _tour.WaitAsync(
            async () => await AskAsync(new Uri(_tour.Shop.Monolith, path), session, cancellation) == await AskAsync(service, session, cancellation),
            Patience,
            cancellation)
            ? 1
            : 0;
    }

    private async Task<string> LogInAsync(int customer, CancellationToken cancellation)
    {
        using var body = JsonContent.Create(new { email = $"customer{customer:D4}@shop.example", password = "demo" });
        using var answer = await _http.PostAsync(new Uri(_tour.Shop.Monolith, "/api/login"), body, cancellation);
        return answer.Headers.GetValues("Set-Cookie").First().Split(';')[0];
    }

    private async Task<string> AskAsync(Uri address, string? session, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation("Cookie", session);
        using var answer = await _http.SendAsync(request, cancellation);
        return Comparable((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(cancellation));
    }

    // A product is written differently where that means nothing (19.9 and 19.90, the order of categories): its status and stock must agree.
    private static string Comparable(int status, string body) =>
        JsonNode.Parse(body)?["stock"] is { } stock ? $"{status} {stock}" : $"{status} {body}";
}
