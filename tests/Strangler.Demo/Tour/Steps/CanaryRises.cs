namespace Strangler.Demo.Tour.Steps;

/// <summary>Reads move, 10, 50, 100 percent of the shoppers, and none of them goes to and fro.</summary>
internal sealed class CanaryRises : ITourStep
{
    private static readonly double[] Shares = [10, 50, 100];
    private static readonly TimeSpan PerShare = TimeSpan.FromSeconds(6);

    // A request on its way when the plan changes still ends where it was sent.
    private static readonly TimeSpan OnTheirWay = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public string Title => "Canary: reads move, 10, 50, 100 percent of the shoppers, and whoever has no session";

    /// <inheritdoc/>
    public string Expected => "about that share reads from Catalog; nobody who moved comes back";

    /// <inheritdoc/>
    public async Task<StepResult> RunAsync(TourContext tour, CancellationToken cancellation)
    {
        var from = tour.Time.GetUtcNow();
        var before = tour.Ledger.Read();
        var counted = new List<string>();
        var moved = new List<int>();
        var lateOnLegacy = 0;
        foreach (var share in Shares)
        {
            await tour.Admin.PromoteAsync(TourContext.Capability, "read-canary", share, cancellation);
            if (share >= 100)
            {
                await tour.Admin.PromoteAsync(TourContext.Capability, "read-canary", null, cancellation, everyone: true);
            }

            var settled = tour.Time.GetUtcNow() + OnTheirWay;
            await tour.LetPassAsync(PerShare, cancellation);
            var (legacy, fresh) = (tour.LegacyReads(settled), tour.NewReads(settled));
            var shoppers = legacy.Concat(fresh).Select(entry => entry.UserAgent).Distinct(StringComparer.Ordinal).Count();
            moved.Add(fresh.Select(entry => entry.UserAgent).Distinct(StringComparer.Ordinal).Count());
            lateOnLegacy = legacy.Count;
            counted.Add(
                $"{share,3} %: {moved[^1],3} of {shoppers} shoppers on Catalog; "
                + $"{fresh.Count} reads there, {legacy.Count} at the monolith");
        }

        var returned = MovedShoppers.CountReturned(tour.LegacyReads(from), tour.NewReads(from));
        var load = tour.Ledger.Read() - before;
        counted.Add($"{returned} shoppers came back to the monolith; {load.Requests} requests, {load.Failed} failed");
        var rising = moved[0] > 0 && moved[0] < moved[1] && moved[1] < moved[2];
        return new StepResult(rising && lateOnLegacy == 0 && returned == 0 && load.Failed == 0, counted);
    }
}
