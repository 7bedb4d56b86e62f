namespace Strangler.Demo.Tour.Steps;

/// <summary>Before anything moves.</summary>
internal sealed class LegacyServes : ITourStep
{
    private const int Enough = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <inheritdoc/>
    public string Title => "The monolith serves everything";

    /// <inheritdoc/>
    public string Expected => "every catalog read is answered by the monolith, none by Catalog";

    /// <inheritdoc/>
    public async Task<StepResult> RunAsync(TourContext tour, CancellationToken cancellation)
    {
        var from = tour.Time.GetUtcNow();
        var before = tour.Ledger.Read();
        await tour.WaitAsync(() => Task.FromResult(tour.LegacyReads(from).Count >= 4 * Enough), Patience, cancellation);
        var (legacy, catalog) = (tour.LegacyReads(from), tour.Catalog.Since(from).Where(entry => entry.IsByShopper).ToList());
        var load = tour.Ledger.Read() - before;
        return new StepResult(
            legacy.Count >= Enough && catalog.Count == 0 && load.Failed == 0,
            [
                $"{legacy.Count} reads at the monolith, {catalog.Count} at Catalog",
                $"{load.Requests} requests by shoppers in all, {load.Failed} failed",
            ]);
    }
}
