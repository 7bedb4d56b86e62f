namespace Strangler.Demo.Tour.Steps;

/// <summary>The control store comes back, and what one edge did alone becomes everybody's plan.</summary>
internal sealed class StoreReturns : ITourStep
{
    private const int Enough = 50;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public string Title => "The control store comes back";

    /// <inheritdoc/>
    public string Expected => "no edge is STALE, the kill is in force at all of them and in the audit log, and everybody reads from the monolith";

    /// <inheritdoc/>
    public async Task<StepResult> RunAsync(TourContext tour, CancellationToken cancellation)
    {
        var before = tour.Ledger.Read();
        await tour.Shop.RestartControlStoreAsync(cancellation);
        var back = tour.Time.GetTimestamp();
        await tour.WaitAsync(
            async () => await tour.CountStaleAsync(cancellation) == 0 && await tour.CountKilledAsync(cancellation) == tour.Edges.Count,
            Patience,
            cancellation);
        var took = tour.Time.GetElapsedTime(back);
        var (stale, killed) = (await tour.CountStaleAsync(cancellation), await tour.CountKilledAsync(cancellation));
        var from = tour.Time.GetUtcNow() + TimeSpan.FromSeconds(1);
        await tour.WaitAsync(() => Task.FromResult(tour.LegacyReads(from).Count >= Enough), Patience, cancellation);
        var (legacy, fresh) = (tour.LegacyReads(from).Count, tour.NewReads(from).Count);
        var audited = (await tour.Edges[1].AuditAsync(cancellation))
            .Count(entry => entry.Verb == "kill" && entry.Changes.Any(change => change.Contains($"local override of edge {tour.Shop.EdgeName(0)}", StringComparison.Ordinal)));
        var load = tour.Ledger.Read() - before;
        return new StepResult(
            stale == 0 && killed == tour.Edges.Count && audited == 1 && legacy >= Enough && fresh == 0 && load.Failed == 0,
            [
                $"{stale} edges STALE, killed at {killed} of {tour.Edges.Count} after {took.TotalSeconds:0.0} s; {audited} entry of it in the audit log",
                $"{legacy} reads at the monolith since, {fresh} at Catalog; {load.Requests} requests, {load.Failed} failed",
            ]);
    }
}
