namespace Strangler.Sync.Streams;

/// <summary>Parts of a whole, none of which can go on without the others.</summary>
internal static class Together
{
    /// <summary>Runs them until the first ends, cancels the others, and ends as the first did when all have ended.</summary>
    /// <param name="start">Starts the parts.</param>
    /// <param name="cancellation">Ends all.</param>
    public static async Task RunAsync(Func<CancellationToken, IEnumerable<Task>> start, CancellationToken cancellation)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task[] parts = [.. start(ending.Token)];
        var first = await Task.WhenAny(parts);
        await ending.CancelSafelyAsync();
        await Task.WhenAll(parts).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await first;
    }
}
