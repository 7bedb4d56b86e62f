namespace Strangler.IntegrationTests.Sync;

/// <summary>Waits for conditions, generously: a test never fails because a machine is slow.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(50);

    /// <summary>Returns when the condition holds.</summary>
    /// <exception cref="TimeoutException">It did not within a minute; the message says what was waited for and what was seen last.</exception>
    public static async Task TrueAsync(string what, Func<Task<bool>> condition, Func<string>? seen = null)
    {
        using var deadline = new CancellationTokenSource(Patience);
        while (!await condition())
        {
            if (deadline.IsCancellationRequested)
            {
                throw new TimeoutException($"Not seen within a minute: {what}. {seen?.Invoke()}");
            }

            await Task.Delay(PollEvery);
        }
    }

    /// <summary>Returns when the condition holds.</summary>
    public static Task TrueAsync(string what, Func<bool> condition, Func<string>? seen = null) =>
        TrueAsync(what, () => Task.FromResult(condition()), seen);
}
