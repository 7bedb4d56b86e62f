namespace Strangler.IntegrationTests.Sync;

/// <summary>A source to which nobody writes; on clusters of its own, as the others are never quiet.</summary>
public sealed class QuietSourceTests(HarshClusters clusters) : IClassFixture<HarshClusters>
{
    // Much longer than the moves that the source's own bookkeeping brings about now and then.
    private static readonly TimeSpan Far = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task Watermark_SourceWritesNothing_MovesOnAllTheSame()
    {
        await using var lab = await SyncLab.CreateAsync(clusters.Legacy, clusters.Services);
        await lab.AddProductsAsync(1, 5);
        await using var adapters = await lab.StartAsync();
        await lab.InStepAsync();

        (string? Position, DateTimeOffset? Watermark) from = default;
        await Eventually.TrueAsync(
            "the watermark moves while the source's position stands still",
            async () =>
            {
                var position = await lab.SourceValueAsync<string>("select pg_current_wal_insert_lsn()::text");
                var watermark = adapters.Stream.Watermark;
                if (from.Watermark is null || position != from.Position)
                {
                    from = (position, watermark);
                    return false;
                }

                return watermark - from.Watermark >= Far;
            },
            () => $"{from}, {adapters.Stream}");
    }
}
