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
    private static readonly TimeSpan ProductPatience = TimeSpan.FromSeconds(3);

    /// <inheritdoc/>
    public string Title => "The adapters fill Catalog's store and follow";

    /// <inheritdoc/>
    public string Expected => "a night's changes in the monolith are in Catalog within seconds";

    /// <inheritdoc/>
    public async Task<StepResult> RunAsync(TourContext tour, CancellationToken cancellation)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.UserAgent.ParseAdd("strangler-tour");
        var filled = await WaitForStreamAsync(tour, http, stream => stream.State == "following", FillPatience, cancellation);
        await tour.Shop.RunNightlyStockAsync(tour.Seed, cancellation);
        var done = tour.Time.GetUtcNow();
        var caughtUp = await WaitForStreamAsync(tour, http, stream => stream.Watermark > done, FollowPatience, cancellation);
        var lag = tour.Time.GetUtcNow() - done;
        if (filled is null || caughtUp is null)
        {
            return new StepResult(Seen: false, ["the adapters did not fill or did not catch up in time"]);
        }

        var equal = await CountEqualAsync(tour, http, cancellation);
        return new StepResult(
            equal == Sample,
            [
                $"{filled.Filled:#,0} of {filled.ToFill:#,0} products filled",
                $"the nightly job: {caughtUp.Applied - filled.Applied:#,0} changes, there {lag.TotalSeconds:0.0} s after it ended",
                $"{equal} of {Sample} products asked at both sides have the same stock",
            ]);
    }

    private static async Task<SyncStream?> WaitForStreamAsync(
        TourContext tour, HttpClient http, Func<SyncStream, bool> condition, TimeSpan patience, CancellationToken cancellation)
    {
        SyncStream? stream = null;
        var inTime = await tour.WaitAsync(
            async () =>
            {
                var status = await http.GetFromJsonAsync<SyncStatus>(new Uri(tour.Shop.Adapters, "/v1/watermark"), cancellation);
                stream = status?.Streams.FirstOrDefault(s => s.Name == TourContext.Capability);
                return stream is not null && condition(stream);
            },
            patience,
            cancellation);
        return inTime ? stream : null;
    }

    private static async Task<int> CountEqualAsync(TourContext tour, HttpClient http, CancellationToken cancellation)
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
                ProductPatience,
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
