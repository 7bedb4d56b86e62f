namespace Strangler.Demo.Tour.Steps;

/// <summary>Each edge is killed in turn under load; the others go on, and it comes back with the plan that it missed.</summary>
internal sealed class EdgeDies : ITourStep
{
    private static readonly TimeSpan Away = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public string Title => "Each edge is killed with -9 in turn, and comes back";

    /// <inheritdoc/>
    public string Expected => "shoppers go on at the others, none fails; a change meanwhile reaches it when it is back";

    /// <inheritdoc/>
    public async Task<StepResult> RunAsync(TourContext tour, CancellationToken cancellation)
    {
        var before = tour.Ledger.Read();
        var counted = new List<string>();
        var caughtUp = 0;
        for (var dead = 0; dead < tour.Edges.Count; dead++)
        {
            var start = tour.Ledger.Read();
            await tour.Shop.KillEdgeAsync(dead);
            var other = tour.Edges[(dead + 1) % tour.Edges.Count];
            var answer = await other.PromoteAsync(TourContext.Capability, "read-canary", 51 + dead, cancellation);
            await tour.LetPassAsync(Away, cancellation);
            var meanwhile = tour.Ledger.Read() - start;
            await tour.Shop.StartEdgeAsync(dead, cancellation);
            if (await tour.AllAtAsync(answer.Plan, Patience, cancellation))
            {
                caughtUp++;
            }

            counted.Add($"{tour.Shop.EdgeName(dead)}: {meanwhile.Requests} requests while it was away, {meanwhile.Failed} failed, {meanwhile.Cut} were cut off");
        }

        var load = tour.Ledger.Read() - before;
        counted.Add($"{caughtUp} of {tour.Edges.Count} came back with the plan that was made meanwhile; {load.Requests} requests, {load.Failed} failed");
        return new StepResult(caughtUp == tour.Edges.Count && load.Failed == 0, counted);
    }
}
