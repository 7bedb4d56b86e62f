using Strangler.Sync.Reading;

namespace Strangler.Sync.Streams;

/// <summary>Watches what we cost the source, and makes the stream that is furthest behind note what waits before the source has to give up its log.</summary>
internal sealed class SlotGuard(SourceContext source, IChangeFeed feed, IReadOnlyList<StreamRunner> runners)
{
    private const double LeastLeft = 0.3;
    private const ulong LeastPolls = 20;
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    /// <summary>Runs until cancelled; ends only by an exception.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var retention = await feed.RetentionAsync(cancellation);
            source.Status.Retention = retention;
            if (Reason(retention) is { } reason)
            {
                await SpillLastAsync(retention, reason, await feed.PositionAsync(cancellation));
            }

            await Task.Delay(LookEvery, source.Runtime.Clock, cancellation);
        }
    }

    private string? Reason(Retention retention)
    {
        var limit = source.Runtime.Options.RetainedBytes;
        return retention.Kept > limit ? $"the source keeps {retention.Kept:N0} bytes of log for us, limit {limit:N0}"
            : retention.Left < LeastLeft ? $"the source may write {retention.Safe:N0} more bytes of log before it throws away what we need"
            : null;
    }

    private async Task SpillLastAsync(Retention retention, string reason, Lsn position)
    {
        var low = runners.Min(runner => runner.Low.Value);
        // What a long transaction of the source itself keeps is not ours to free.
        var ours = retention.IsLog ? (ulong)retention.Kept / 2 : LeastPolls;
        if (position.Value - Math.Min(low, position.Value) < ours)
        {
            return;
        }

        foreach (var runner in runners.Where(runner => runner.Low.Value == low))
        {
            await runner.SpillAsync(reason);
        }
    }
}
