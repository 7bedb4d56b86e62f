using Strangler.Core.Admin;

namespace Strangler.Demo.Tour.Steps;

/// <summary>Catalog is killed under load and comes back: its breaker opens and closes by itself, and shoppers do not notice.</summary>
internal sealed class CatalogDies : ITourStep
{
    private const string Closed = "closed";
    private const int Enough = 50;
    private static readonly TimeSpan Away = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);

    /// <inheritdoc/>
    public string Title => "Catalog is killed with -9, and comes back";

    /// <inheritdoc/>
    public string Expected => "its breaker opens, reads go on from the monolith, none fails; Catalog serves again and the breaker closes";

    /// <inheritdoc/>
    public async Task<StepResult> RunAsync(TourContext tour, CancellationToken cancellation)
    {
        var before = tour.Ledger.Read();
        await tour.Shop.KillCatalogAsync();
        var dead = tour.Time.GetUtcNow();
        string? sentence = null;
        await tour.WaitAsync(async () => (sentence = (await BreakerAsync(tour, cancellation)).Sentence) is not null, Patience, cancellation);
        var opened = (tour.Time.GetUtcNow() - dead).TotalSeconds;
        await tour.LetPassAsync(Away, cancellation);
        var reads = tour.LegacyReads(dead).Count;
        var ghosts = tour.NewReads(dead).Count;

        await tour.Shop.StartCatalogAsync(cancellation);
        var back = tour.Time.GetUtcNow();
        await tour.WaitAsync(() => Task.FromResult(tour.NewReads(back).Count >= Enough), Patience, cancellation);
        var closes = await tour.WaitAsync(async () => (await BreakerAsync(tour, cancellation)).State == Closed, Patience, cancellation);
        var closed = (tour.Time.GetUtcNow() - back).TotalSeconds;
        var again = tour.NewReads(back);
        var load = tour.Ledger.Read() - before;
        return new StepResult(
            sentence is not null && reads >= Enough && ghosts == 0 && again.Count >= Enough && closes && load.Failed == 0,
            [
                sentence ?? "the breaker never opened",
                $"{reads} catalog reads at the monolith while Catalog was away, {ghosts} at Catalog",
                $"{load.Requests} requests, {load.Failed} failed; {load.Cut} whose answer had begun were cut off",
                $"open {opened:0.0} s after the death, closed {closed:0.0} s after Catalog was ready again; {again.Count} reads since",
            ]);
    }

    private static async Task<BreakerStatus> BreakerAsync(TourContext tour, CancellationToken cancellation) =>
        (await tour.StatusAsync(cancellation)).Sides.New.Breaker!;
}
