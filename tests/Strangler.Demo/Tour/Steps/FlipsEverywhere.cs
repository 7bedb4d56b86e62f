namespace Strangler.Demo.Tour.Steps;

/// <summary>A change at one edge is seen by all of them.</summary>
internal sealed class FlipsEverywhere : ITourStep
{
    private const int Flips = 30;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public string Title => "A change at one edge is in force at every edge";

    /// <inheritdoc/>
    public string Expected => "all edges follow each of the plans; about half of the shoppers end on Catalog, none goes to and fro";

    /// <inheritdoc/>
    public async Task<StepResult> RunAsync(TourContext tour, CancellationToken cancellation)
    {
        var from = tour.Time.GetUtcNow();
        var before = tour.Ledger.Read();
        await tour.Admin.PromoteAsync(TourContext.Capability, "shadow", null, cancellation);
        var took = new List<double>();
        for (var flip = 1; flip <= Flips; flip++)
        {
            var changer = tour.Edges[flip % tour.Edges.Count];
            var last = (await tour.Admin.StatusAsync(cancellation)).Plan;
            if (!await tour.AllAtAsync(last, Patience, cancellation))
            {
                break;
            }

            var answer = await changer.PromoteAsync(TourContext.Capability, "read-canary", 50.0 * flip / Flips, cancellation);
            var changed = tour.Time.GetTimestamp();
            if (!await tour.AllAtAsync(answer.Plan, Patience, cancellation))
            {
                break;
            }

            took.Add(tour.Time.GetElapsedTime(changed).TotalMilliseconds);
        }

        await tour.LetPassAsync(TimeSpan.FromSeconds(3), cancellation);
        took.Sort();
        var moved = tour.NewReads(from).Select(entry => entry.UserAgent).Distinct(StringComparer.Ordinal).Count();
        var returned = MovedShoppers.CountReturned(tour.LegacyReads(from), tour.NewReads(from));
        var load = tour.Ledger.Read() - before;
        return new StepResult(
            took.Count == Flips && moved > 0 && returned == 0 && load.Failed == 0,
            [
                $"{took.Count} of {Flips} plans in force at all {tour.Edges.Count} edges, "
                + (took.Count > 0 ? $"after {took[took.Count / 2]:0} ms (median), {took[^1]:0} ms at most" : "never"),
                $"{moved} shoppers on Catalog, {returned} came back to the monolith; {load.Requests} requests, {load.Failed} failed",
            ]);
    }
}
