namespace Strangler.Cli.Verbs.Replay;

/// <summary>How fast requests are sent, so that a replay never is the load that hurts.</summary>
/// <param name="perSecond">Requests a second at most, each of which asks legacy once or twice and the new side once.</param>
/// <param name="concurrency">Requests that are under way at once.</param>
/// <param name="time">The clock.</param>
internal sealed class ReplayPace(double perSecond, int concurrency, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly long _start = time.GetTimestamp();
    private TimeSpan _next;

    /// <summary>Requests that are under way at once.</summary>
    public int Concurrency { get; } = concurrency;

    /// <summary>Waits until the next request may be sent. Time that was not used is not made up for.</summary>
    public Task WaitAsync(CancellationToken cancellation)
    {
        TimeSpan wait;
        lock (_lock)
        {
            var now = time.GetElapsedTime(_start);
            if (_next < now) _next = now;
            wait = _next - now;
            _next += TimeSpan.FromSeconds(1 / perSecond);
        }

        return wait > TimeSpan.Zero ? Task.Delay(wait, time, cancellation) : Task.CompletedTask;
    }
}
