namespace Strangler.Demo.Tour.Steps;

/// <summary>The control store, and Catalog's database with it, is killed; the edges go on from their last good plan.</summary>
internal sealed class StoreDies : ITourStep
{
    private static readonly TimeSpan Away = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <inheritdoc/>
    public string Title => "The control store is killed with -9";

    /// <inheritdoc/>
    public string Expected => "every edge says STALE and serves on, none fails; kill still works, at the edge that is asked";

    /// <inheritdoc/>
    public async Task<StepResult> RunAsync(TourContext tour, CancellationToken cancellation)
    {
        var before = tour.Ledger.Read();
        await tour.Shop.KillControlStoreAsync();
        await tour.WaitAsync(async () => await tour.CountStaleAsync(cancellation) == tour.Edges.Count, Patience, cancellation);
        var stale = await tour.CountStaleAsync(cancellation);
        await tour.LetPassAsync(Away, cancellation);

        var asked = tour.Time.GetTimestamp();
        await tour.Admin.KillAsync(TourContext.Capability, cancellation);
        var took = tour.Time.GetElapsedTime(asked);
        var killed = await tour.CountKilledAsync(cancellation);
        await tour.LetPassAsync(TimeSpan.FromSeconds(1), cancellation);
        var load = tour.Ledger.Read() - before;
        return new StepResult(
            stale == tour.Edges.Count && killed == 1 && load.Failed == 0,
            [
                $"{stale} of {tour.Edges.Count} edges say STALE; {load.Requests} requests, {load.Failed} failed",
                $"killed at {killed} edge after {took.TotalMilliseconds:0} ms, without the store",
            ]);
    }
}
