namespace Strangler.Demo.Shop;

/// <summary>Runs things side by side: when one fails the others are cancelled, and its failure is the one that is told.</summary>
internal static class Together
{
    /// <summary>Returns when all have ended.</summary>
    public static async Task RunAsync(CancellationToken cancellation, params Func<CancellationToken, Task>[] parts)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Exception? first = null;
        await Task.WhenAll(parts.Select(async part =>
        {
            try
            {
                await part(stop.Token);
            }
            catch (Exception e)
            {
                Interlocked.CompareExchange(ref first, e, null);
                await stop.CancelAsync();
            }
        }));
        if (first is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(first);
        }
    }
}
