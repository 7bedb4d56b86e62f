using System.Numerics;

namespace Strangler.Proxy.Telemetry;

/// <summary>
/// The durations of the last seconds, or of a longer time, as counts in log-linear buckets (four per doubling, so a quantile is at most 25 % too high).
/// Writers only increment: no lock, no allocation.
/// </summary>
public sealed class LatencyWindow
{
    /// <summary>How far back it looks unless told otherwise, in seconds.</summary>
    public const int Seconds = 15;

    private const int Buckets = 96;
    private const int StepsPerDoubling = 4;

    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly double _slotSeconds;
    private readonly int[] _counts;
    private readonly long[] _ticks;

    /// <summary>An empty window.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="slots">How many slots it has; with <paramref name="slotSeconds"/> how far back it looks.</param>
    /// <param name="slotSeconds">Length of a slot in seconds: this much is forgotten at once.</param>
    public LatencyWindow(TimeProvider time, int slots = Seconds, double slotSeconds = 1)
    {
        _time = time;
        _start = time.GetTimestamp();
        _slotSeconds = slotSeconds;
        _counts = new int[slots * Buckets];
        _ticks = new long[slots];
    }

    /// <summary>Counts one request.</summary>
    public void Record(TimeSpan duration)
    {
        var tick = Tick();
        var slot = (int)(tick % _ticks.Length);
        var seen = Volatile.Read(ref _ticks[slot]);
        if (seen != tick && Interlocked.CompareExchange(ref _ticks[slot], tick, seen) == seen)
        {
            // A count that another thread adds during the clearing can get lost: one request in a slot.
            Array.Clear(_counts, slot * Buckets, Buckets);
        }

        Interlocked.Increment(ref _counts[(slot * Buckets) + BucketOf(duration)]);
    }

    /// <summary>The duration that the given part of the requests did not exceed; null when there were none.</summary>
    /// <param name="quantile">0 to 1.</param>
    public TimeSpan? Quantile(double quantile)
    {
        var oldest = Tick() - _ticks.Length + 1;
        var sums = new long[Buckets];
        for (var slot = 0; slot < _ticks.Length; slot++)
        {
            if (Volatile.Read(ref _ticks[slot]) < oldest) continue;
            for (var bucket = 0; bucket < Buckets; bucket++) sums[bucket] += Volatile.Read(ref _counts[(slot * Buckets) + bucket]);
        }

        var wanted = (long)Math.Ceiling(sums.Sum() * quantile);
        if (wanted == 0) return null;
        var reached = 0L;
        var index = 0;
        while ((reached += sums[index]) < wanted) index++;
        return UpperEdge(index);
    }

    // Microseconds; the two bits after the leading one choose the quarter of a doubling.
    private static int BucketOf(TimeSpan duration)
    {
        var microseconds = (ulong)Math.Max(duration.Ticks / TimeSpan.TicksPerMicrosecond, StepsPerDoubling);
        var exponent = BitOperations.Log2(microseconds);
        var quarter = (int)((microseconds >> (exponent - 2)) & 3);
        return Math.Min(((exponent - 2) * StepsPerDoubling) + quarter, Buckets - 1);
    }

    private static TimeSpan UpperEdge(int bucket)
    {
        var next = bucket + 1;
        var microseconds = Math.ScaleB(1 + (next % StepsPerDoubling / (double)StepsPerDoubling), (next / StepsPerDoubling) + 2);
        return TimeSpan.FromMicroseconds(microseconds);
    }

    // Not from 0, so that the zeros of an untouched slot are never a slot of the window.
    private long Tick() => (long)(_time.GetElapsedTime(_start).TotalSeconds / _slotSeconds) + _ticks.Length;
}
