namespace Strangler.Demo.Tour.Steps;

/// <summary>One command takes the capability back.</summary>
internal sealed class KillStops : ITourStep
{
    private const int Enough = 100;
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public string Title => "kill";

    /// <inheritdoc/>
    public string Expected => "after its acknowledgement no request starts at Catalog, nor a copy";

    /// <inheritdoc/>
    public async Task<StepResult> RunAsync(TourContext tour, CancellationToken cancellation)
    {
        var from = tour.Time.GetUtcNow();
        var before = tour.Ledger.Read();
        await tour.LetPassAsync(TimeSpan.FromSeconds(2), cancellation);
        var asked = tour.Time.GetTimestamp();
        var answer = await tour.Admin.KillAsync(TourContext.Capability, cancellation);
        var acknowledged = tour.Time.GetUtcNow();
        var took = tour.Time.GetElapsedTime(asked);
        await tour.LetPassAsync(Watched, cancellation);

        var earlier = tour.NewReads(from).Count(entry => entry.Start <= acknowledged);
        var late = tour.Catalog.Since(acknowledged).Count(entry => entry.IsCatalogRead);
        var reads = tour.LegacyReads(acknowledged).Count;
        var load = tour.Ledger.Read() - before;
        return new StepResult(
            earlier > 0 && late == 0 && reads >= Enough && answer.InFlight == 0 && load.Failed == 0,
            [
                $"acknowledged after {took.TotalMilliseconds:0} ms, {answer.InFlight} requests still at Catalog",
                $"{earlier} reads at Catalog in the two seconds before, {late} requests or copies after",
                $"{reads} reads at the monolith since; {load.Failed} requests failed",
            ]);
    }
}
