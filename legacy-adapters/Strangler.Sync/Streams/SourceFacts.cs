using Strangler.Sync.Reading;

namespace Strangler.Sync.Streams;

/// <summary>What a session knows of its source.</summary>
/// <param name="Source">Which source it is.</param>
/// <param name="Slot">The slot that is read.</param>
/// <param name="Start">The slot sends everything that ended after this position.</param>
/// <param name="Settled">Everything that ended up to the position that this tells is in the inboxes, or was.</param>
/// <param name="NudgeAsync">Makes a quiet source write out its log.</param>
/// <param name="IsLog">Whether positions are those of the source's log.</param>
internal sealed record SourceFacts(
    SourceIdentity Source, string Slot, Lsn Start, Func<Lsn> Settled, Func<CancellationToken, Task> NudgeAsync, bool IsLog = true)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan NudgeAfter = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Waits until everything that ended up to a position has come in.</summary>
    /// <exception cref="InvalidOperationException">It has not come in time.</exception>
    public async Task SettleAsync(Lsn position, TimeProvider clock, CancellationToken cancellation)
    {
        var began = clock.GetTimestamp();
        var nudged = TimeSpan.Zero;
        while (Settled() < position)
        {
            var waited = clock.GetElapsedTime(began);
            if (waited > Patience)
            {
                throw new InvalidOperationException(
                    $"The source's log has been read up to {Settled()} only, not {position}, after {Patience.TotalSeconds:0} s: try again when it is less busy.");
            }

            if (waited - nudged > NudgeAfter)
            {
                nudged = waited;
                await NudgeAsync(cancellation);
            }

            await Task.Delay(LookEvery, clock, cancellation);
        }
    }
}
