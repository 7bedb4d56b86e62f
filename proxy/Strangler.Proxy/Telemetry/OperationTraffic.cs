using Strangler.Core.Routing;

namespace Strangler.Proxy.Telemetry;

/// <summary>The requests of one operation over the last hour, minute by minute, for forecasts. Writers only increment: no lock, no allocation.</summary>
public sealed class OperationTraffic
{
    /// <summary>How far back it looks, in minutes.</summary>
    public const int Minutes = 60;

    private const int Kinds = 2;
    private const int All = 0;
    private const int Anonymous = 1;

    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly int[] _counts = new int[Minutes * Kinds];
    private readonly long[] _minutes = new long[Minutes];

    // All operations count from the same instant, so that their minutes are the same.
    internal OperationTraffic(TimeProvider time, long start)
    {
        _time = time;
        _start = start;
    }

    internal void Record(RouteDecision decision)
    {
        var minute = Minute();
        var slot = (int)(minute % Minutes);
        var seen = Volatile.Read(ref _minutes[slot]);
        if (seen != minute && Interlocked.CompareExchange(ref _minutes[slot], minute, seen) == seen)
        {
            // A request that another thread counts during the clearing can get lost: one in a minute.
            Array.Clear(_counts, slot * Kinds, Kinds);
        }

        Interlocked.Increment(ref _counts[(slot * Kinds) + All]);
        if (decision.Reason == DecisionReason.NoUnit) Interlocked.Increment(ref _counts[(slot * Kinds) + Anonymous]);
    }

    /// <summary>What was counted in the last hour: all requests, and those known to come from clients without identity.</summary>
    public (long All, long Anonymous) Read()
    {
        var oldest = Minute() - Minutes + 1;
        var (all, anonymous) = (0L, 0L);
        for (var slot = 0; slot < Minutes; slot++)
        {
            if (Volatile.Read(ref _minutes[slot]) < oldest) continue;
            all += Volatile.Read(ref _counts[(slot * Kinds) + All]);
            anonymous += Volatile.Read(ref _counts[(slot * Kinds) + Anonymous]);
        }

        return (all, anonymous);
    }

    // Not from 0, so that the zeros of an untouched slot are never a minute of the hour.
    private long Minute() => (long)_time.GetElapsedTime(_start).TotalMinutes + Minutes;
}
