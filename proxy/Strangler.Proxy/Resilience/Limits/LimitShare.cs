using Strangler.Core.Resilience;

namespace Strangler.Proxy.Resilience.Limits;

/// <summary>The part of one capability in a limit: what it holds, and what its requests took in this window.</summary>
internal sealed class LimitShare
{
    // Count and sum in one word, so that a window reads both of the same instant without a lock: 24 bits of count, 40 of sum.
    private const int CountBits = 24;
    private const long CountMask = (1L << CountBits) - 1;
    private const double Fraction = 1024;

    private readonly LatencyTrend _trend = new();
    private int _held;
    private long _window;

    /// <summary>How many requests it has there.</summary>
    public int Held => Volatile.Read(ref _held);

    /// <summary>Latencies taken in this window.</summary>
    public int Samples => (int)(Interlocked.Read(ref _window) & CountMask);

    public int Enter() => Interlocked.Increment(ref _held);

    public void Leave() => Interlocked.Decrement(ref _held);

    /// <summary>Takes the latency of one request.</summary>
    /// <param name="microseconds">Its latency; what is below one counts as one.</param>
    public void Sample(double microseconds) =>
        Interlocked.Add(ref _window, ((long)(Math.Log2(Math.Max(microseconds, 1)) * Fraction) << CountBits) + 1);

    /// <summary>Ends the window; only one thread at a time.</summary>
    /// <returns>How its latency compares to the usual (<see cref="LatencyTrend.Take"/>), and how many requests say so.</returns>
    public (double Gradient, long Weight) EndWindow()
    {
        var window = Interlocked.Exchange(ref _window, 0);
        var count = window & CountMask;
        return count == 0 ? (1, 0) : (_trend.Take((window >> CountBits) / Fraction / count), count);
    }
}
