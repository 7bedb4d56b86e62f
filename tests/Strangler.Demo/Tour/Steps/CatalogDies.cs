namespace Strangler.Demo.Tour.Steps;

/// <summary>Catalog is killed under load; shoppers do not notice.</summary>
internal sealed class CatalogDies : ITourStep
{
    private const int Enough = 50;
    private static readonly TimeSpan Away = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);

    /// <inheritdoc/>
    public string Title => "Catalog is killed with -9, and comes back";

    /// <inheritdoc/>
    public string Expected => "reads go on from the monolith, none fails; Catalog serves again";

    /// <inheritdoc/>
    public async Task<StepResult> RunAsync(TourContext tour, CancellationToken cancellation)
    {
        var before = tour.Ledger.Read();
        await tour.Shop.KillCatalogAsync();
        var dead = tour.Time.GetUtcNow();
        await tour.LetPassAsync(Away, cancellation);
        var reads = tour.LegacyReads(dead).Count;
        var ghosts = tour.NewReads(dead).Count;

        await tour.Shop.StartCatalogAsync(cancellation);
        var back = tour.Time.GetUtcNow();
        await tour.WaitAsync(() => Task.FromResult(tour.NewReads(back).Count >= Enough), Patience, cancellation);
        var again = tour.NewReads(back);
        var load = tour.Ledger.Read() - before;
        var after = again.Count > 0 ? Math.Max(0, (again[0].Start - back).TotalSeconds) : Patience.TotalSeconds;
        return new StepResult(
            reads >= Enough && ghosts == 0 && again.Count >= Enough && load.Failed == 0,
            [
                $"{reads} catalog reads at the monolith while Catalog was away, {ghosts} at Catalog",
                $"{load.Requests} requests, {load.Failed} failed; {load.Cut} whose answer had begun were cut off",
                $"Catalog serves again {after:0.0} s after it was ready: {again.Count} reads",
            ]);
    }
}
