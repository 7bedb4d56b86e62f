namespace Strangler.Sync.Reconciling;

/// <summary>Waits until a stream has brought over what has been read.</summary>
/// <param name="read">The watermark; null while the target is not complete.</param>
/// <param name="clock">The clock of the watermark.</param>
internal sealed class StreamWatermark(Func<DateTimeOffset?> read, TimeProvider clock)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    /// <summary>The watermark.</summary>
    public DateTimeOffset? Current => read();

    /// <summary>Returns when everything that the source has committed by now is in the target; false when that takes too long.</summary>
    public async Task<bool> PassesNowAsync(TimeSpan patience, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        while (!(read() >= now))
        {
            if (clock.GetUtcNow() - now > patience)
            {
                return false;
            }

            await Task.Delay(Poll, clock, cancellation);
        }

        return true;
    }
}
