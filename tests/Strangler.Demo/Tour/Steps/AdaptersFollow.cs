using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Strangler.Demo.Tour.Steps;

/// <summary>The new store is filled and follows the monolith's changes.</summary>
internal sealed class AdaptersFollow : ITourStep
{
    private const int Sample = 40;
    private const int Products = 5_000;
    private static readonly TimeSpan FillPatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan FollowPatience = TimeSpan.FromSeconds(15);

    /// <inheritdoc/>
    public string Title => "The adapters fill Catalog's store and follow";

    /// <inheritdoc/>
    public string Expected => "a night's changes in the monolith are in Catalog within seconds";

    /// <inheritdoc/>
    public async Task<StepResult> RunAsync(TourContext tour, CancellationToken cancellation)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.UserAgent.ParseAdd("strangler-tour");
        JsonNode stream = new JsonObject();
        var filled = await tour.WaitAsync(
            async () => (string?)(stream = await StreamAsync(tour, http, cancellation))["state"] == "following", FillPatience, cancellation);
        var applied = (long?)stream["applied"] ?? 0;
        await tour.Shop.RunNightlyStockAsync(tour.Seed, cancellation);
        var done = tour.Time.GetUtcNow();
        var caughtUp = await tour.WaitAsync(
            async () => (DateTimeOffset?)(stream = await StreamAsync(tour, http, cancellation))["watermark"] > done, FollowPatience, cancellation);
        var lag = tour.Time.GetUtcNow() - done;

        var equal = await CompareAsync(tour, http, cancellation);
        return new StepResult(
            filled && caughtUp && equal == Sample,
            [
                string.Create(CultureInfo.InvariantCulture, $"{(long?)stream["filled"] ?? 0:#,0} of {(long?)stream["toFill"] ?? 0:#,0} products filled"),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the nightly job: {((long?)stream["applied"] ?? 0) - applied:#,0} changes, there {lag.TotalSeconds:0.0} s after it ended"),
                $"{equal} of {Sample} products asked at both sides have the same stock",
            ]);
    }

    private static async Task<JsonNode> StreamAsync(TourContext tour, HttpClient http, CancellationToken cancellation)
    {
        var status = await http.GetFromJsonAsync<JsonNode>(new Uri(tour.Shop.Adapters, "/v1/watermark"), cancellation);
        return status?["streams"]?.AsArray().FirstOrDefault(s => (string?)s?["name"] == TourContext.Capability) ?? new JsonObject();
    }

    private static async Task<int> CompareAsync(TourContext tour, HttpClient http, CancellationToken cancellation)
    {
        var random = new Random(tour.Seed);
        var equal = 0;
        for (var n = 0; n < Sample; n++)
        {
            var sku = $"SKU-{random.Next(1, Products + 1):D5}";
            // Shoppers buy meanwhile: a product that changes between the two questions is asked again.
            if (await tour.WaitAsync(
                async () => await StockAsync(http, new Uri(tour.Shop.Monolith, "/api/products/" + sku), cancellation)
                    == await StockAsync(http, new Uri(tour.Shop.Catalog, "/v1/products/" + sku), cancellation),
                TimeSpan.FromSeconds(3),
                cancellation))
            {
                equal++;
            }
        }

        return equal;
    }

    // Gone and discontinued products have no stock in their answer; then the status must agree.
    private static async Task<(int Status, int? Stock)> StockAsync(HttpClient http, Uri product, CancellationToken cancellation)
    {
        using var answer = await http.GetAsync(product, cancellation);
        var json = await answer.Content.ReadFromJsonAsync<JsonNode>(cancellation);
        return ((int)answer.StatusCode, (int?)json?["stock"]);
    }
}
