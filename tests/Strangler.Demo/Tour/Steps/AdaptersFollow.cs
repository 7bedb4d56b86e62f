using System.Net.Http.Json;
using Strangler.Demo.Shop;

namespace Strangler.Demo.Tour.Steps;

/// <summary>The new stores are filled and follow the monolith's changes.</summary>
internal sealed class AdaptersFollow : ITourStep
{
    private static readonly TimeSpan FillPatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan FollowPatience = TimeSpan.FromSeconds(15);

    /// <inheritdoc/>
    public string Title => "The adapters fill three stores and follow";

    /// <inheritdoc/>
    public string Expected => "a night's changes in the monolith are in the new services within seconds";

    /// <inheritdoc/>
    public async Task<StepResult> RunAsync(TourContext tour, CancellationToken cancellation)
    {
        using var http = new HttpClient();
        var filled = await WaitAsync(tour, http, stream => stream.State == "following", FillPatience, cancellation);
        await tour.Shop.RunNightlyStockAsync(tour.Seed, cancellation);
        var done = tour.Time.GetUtcNow();
        var caughtUp = await WaitAsync(tour, http, stream => stream.Watermark > done, FollowPatience, cancellation);
        var lag = tour.Time.GetUtcNow() - done;
        if (filled is null || caughtUp is null)
        {
            return new StepResult(Seen: false, ["the adapters did not fill or did not catch up in time"]);
        }

        using var sides = new BothSides(tour);
        var (products, stocks, customers) = await sides.CountEqualAsync(cancellation);
        return new StepResult(
            products + stocks + customers == sides.Asked,
            [
                .. caughtUp.Select(stream => $"{stream.Name}: {stream.Filled:#,0} of {stream.ToFill:#,0} filled, then "
                    + $"{stream.Applied - filled.First(before => before.Name == stream.Name).Applied:#,0} changes"),
                $"the nightly job: in all stores {lag.TotalSeconds:0.0} s after it ended",
                $"{products} products, {stocks} stocks and {customers} customers of {sides.Asked} asked are the same at both sides",
            ]);
    }

    private static async Task<IReadOnlyList<SyncStream>?> WaitAsync(
        TourContext tour, HttpClient http, Func<SyncStream, bool> condition, TimeSpan patience, CancellationToken cancellation)
    {
        IReadOnlyList<SyncStream> streams = [];
        var inTime = await tour.WaitAsync(
            async () =>
            {
                var status = await http.GetFromJsonAsync<SyncStatus>(new Uri(tour.Shop.Adapters, "/v1/watermark"), cancellation);
                streams = status?.Streams ?? [];
                return ShopDatabases.Services.All(name => streams.Any(stream => stream.Name == name && condition(stream)));
            },
            patience,
            cancellation);
        return inTime ? streams : null;
    }
}
