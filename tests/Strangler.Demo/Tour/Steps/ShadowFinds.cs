using Strangler.Core.Admin;

namespace Strangler.Demo.Tour.Steps;

/// <summary>Shadowing finds the defect that the seed picked.</summary>
internal sealed class ShadowFinds : ITourStep
{
    private const int Enough = 10;
    private static readonly TimeSpan ReloadTime = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);

    /// <inheritdoc/>
    public string Title => "Shadow: Catalog answers copies, and has a defect";

    /// <inheritdoc/>
    public string Expected => "the differences name the defect and its cause; no shopper gets Catalog's answer";

    /// <inheritdoc/>
    public async Task<StepResult> RunAsync(TourContext tour, CancellationToken cancellation)
    {
        await tour.Defect.SwitchAsync(tour.Shop.Folder.CatalogSettings, on: true, cancellation);
        await tour.LetPassAsync(ReloadTime, cancellation);
        var from = tour.Time.GetUtcNow();
        await tour.Admin.PromoteAsync(TourContext.Capability, "shadow", null, cancellation);

        List<DifferenceGroup> named = [], others = [];
        var found = await tour.WaitAsync(
            async () =>
            {
                var groups = await tour.Admin.DifferencesAsync(TourContext.Capability, cancellation);
                named = [.. groups.Where(tour.Defect.IsNamedBy).OrderByDescending(group => group.Count)];
                // A group of which only stale differences are known is no finding, and a note makes no answer different.
                others = [.. groups.Where(group => group is { Count: > 0, Severity: not "note" }).Except(named)];
                return named.Sum(group => group.Count) >= Enough;
            },
            Patience,
            cancellation);
        var (copies, served) = (tour.ShadowCopies(from).Count, tour.NewReads(from).Count);
        return new StepResult(
            found && others.Count == 0 && copies > 0 && served == 0,
            [
                $"the seed's defect: Catalog {tour.Defect.Sentence}",
                .. named.Take(2).Select(Describe),
                .. named.Take(1).Select(group => $"its cause: {group.Cause ?? Sentence(group)}"),
                $"{others.Count} groups of differences that have another cause",
                .. others.Take(2).Select(Describe),
                $"{copies} copies at Catalog, {served} answers of Catalog to shoppers",
            ]);
    }

    private static string Describe(DifferenceGroup group)
    {
        var sample = group.Sample;
        var (legacy, catalog) = group.Kind == "status"
            ? ($"{sample.LegacyStatus}", $"{sample.NewStatus}")
            : (sample.Legacy ?? "none", sample.New ?? "none");
        return $"found {group.Count} x {group.Kind} {group.Path} in {group.Operation}: {Short(legacy)} / {Short(catalog)}";
    }

    // Of what is missing there is nothing to compute: the kind says it.
    private static string Sentence(DifferenceGroup group) => $"{group.Count} of {group.Count} are {group.Kind} at {group.Path}";

    private static string Short(string text) => text.Length <= 24 ? text : text[..23] + "…";
}
