namespace Strangler.Core.Routing;

/// <summary>Counts what is under way. A leaf that the request path touches twice: no lock, no allocation.</summary>
public sealed class InFlight
{
    private int _count;

    /// <summary>How many have entered and not left.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>One more. A full fence: whatever the caller reads next is read after the count is visible.</summary>
    public void Enter() => Interlocked.Increment(ref _count);

    /// <summary>One less; exactly once for each <see cref="Enter"/>.</summary>
    public void Leave() => Interlocked.Decrement(ref _count);
}
