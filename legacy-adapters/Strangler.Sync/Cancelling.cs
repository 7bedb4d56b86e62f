namespace Strangler.Sync;

/// <summary>Cancels for those who have more to do than to cancel.</summary>
internal static class Cancelling
{
    /// <summary>
    /// Cancels, whatever is thrown at it: Npgsql throws out of the cancellation when a connection is lost at the same moment, and what has ended needs
    /// no cancellation any more.
    /// </summary>
    public static async Task CancelSafelyAsync(this CancellationTokenSource source)
    {
        try
        {
            await source.CancelAsync();
        }
        catch (Exception e) when (e is AggregateException or ObjectDisposedException)
        {
        }
    }
}
