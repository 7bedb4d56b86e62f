namespace Strangler.Proxy.Shadow.Sampling;

/// <summary>Grants so many in each window of time, first come first served. One number that is swapped: nobody waits, nothing is allocated.</summary>
internal sealed class WindowCounter
{
    /// <summary>The most that can be granted in a window.</summary>
    public const int MaxMost = (1 << CountBits) - 1;

    private const int CountBits = 24;

    private long _state;

    /// <summary>Takes one of the window's grants; false when there is none left.</summary>
    /// <param name="window">Number of the window.</param>
    /// <param name="most">Grants in a window, at most <see cref="MaxMost"/>.</param>
    public bool TryTake(long window, int most)
    {
        while (true)
        {
            var state = Interlocked.Read(ref _state);
            var count = state >> CountBits == window ? state & MaxMost : 0;
            if (count >= most) return false;
            if (Interlocked.CompareExchange(ref _state, (window << CountBits) | (count + 1), state) == state) return true;
        }
    }
}
