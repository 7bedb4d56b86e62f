using Strangler.Core.Admin;

namespace Strangler.Demo.Tour.Steps;

/// <summary>The defect is mended, and the evidence says so.</summary>
internal sealed class ShadowRecovers : ITourStep
{
    private const int Enough = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);

    /// <inheritdoc/>
    public string Title => "The defect is mended";

    /// <inheritdoc/>
    public string Expected => $"the recent match rate is 100 % of at least {Enough} comparisons";

    /// <inheritdoc/>
    public async Task<StepResult> RunAsync(TourContext tour, CancellationToken cancellation)
    {
        var before = (await tour.StatusAsync(cancellation)).Shadow;
        await tour.Defect.SwitchAsync(tour.Shop.Folder.CatalogSettings, on: false, cancellation);
        var from = tour.Time.GetUtcNow();
        CapabilityStatus status = await tour.StatusAsync(cancellation);
        var recovered = await tour.WaitAsync(
            async () =>
            {
                status = await tour.StatusAsync(cancellation);
                return status.Shadow is { RecentMatchRate: 1.0, RecentCompared: >= Enough };
            },
            Patience,
            cancellation);
        var shadow = status.Shadow;
        return new StepResult(
            recovered,
            [
                $"recent match rate {Percent(before.RecentMatchRate)} before, "
                    + $"{Percent(shadow.RecentMatchRate)} of {shadow.RecentCompared} now",
                $"in all: {shadow.Compared} compared, {shadow.Different} different, {shadow.Stale} stale, "
                    + $"{shadow.Undetermined} undetermined",
                $"{tour.ShadowCopies(from).Count} copies at Catalog since it was mended",
            ]);
    }

    private static string Percent(double? rate) =>
        rate is { } value ? $"{Math.Floor(value * 1000) / 10:0.#} %" : "unknown";
}
