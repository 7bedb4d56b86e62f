namespace Strangler.Proxy.Resilience;

/// <summary>
/// Counts what legacy gets against the requests/s that it is declared to take. The monolith's own traffic is counted and never refused; what would come
/// on top, fallbacks and what a breaker diverts, only gets in while there is room: a monolith that was scaled down after weeks at 100 % must not receive
/// everything in one second.
/// </summary>
internal sealed class LegacyCapacity(TimeProvider time)
{
    // The second is the last ten full slots and the one that has begun, so that no second, wherever it begins, holds more.
    private const int SlotsOfASecond = 10;
    private const int Slots = SlotsOfASecond + 1;
    private const int CountBits = 24;
    private const long CountMask = (1L << CountBits) - 1;
    private const long SlotMilliseconds = 1000 / SlotsOfASecond;

    private readonly long _started = time.GetTimestamp();

    // Slot number and count in one word, so that nothing is lost when a slot begins anew.
    private readonly long[] _slots = new long[Slots];

    /// <summary>Requests in the last second.</summary>
    public long LastSecond => Sum(Now());

    /// <summary>Counts a request of legacy's own traffic; nothing when no capacity is declared.</summary>
    public void Count(int? capacity)
    {
        if (capacity is not null) Add(Now(), 1);
    }

    /// <summary>Counts a request that comes on top, if there is room; always true when no capacity is declared.</summary>
    public bool TryTake(int? capacity)
    {
        if (capacity is not { } limit) return true;
        var now = Now();
        Add(now, 1);
        if (Sum(now) <= limit) return true;
        Add(now, -1);
        return false;
    }

    private void Add(long now, int change)
    {
        ref var slot = ref _slots[now % Slots];
        while (true)
        {
            var seen = Volatile.Read(ref slot);
            var isNew = seen >> CountBits != now;
            if (isNew && (change < 0 || seen >> CountBits > now)) return;
            if (Interlocked.CompareExchange(ref slot, isNew ? (now << CountBits) | 1 : seen + change, seen) == seen) return;
        }
    }

    private long Sum(long now)
    {
        var sum = 0L;
        foreach (ref var slot in _slots.AsSpan())
        {
            var seen = Volatile.Read(ref slot);
            if (seen >> CountBits > now - Slots) sum += seen & CountMask;
        }

        return sum;
    }

    // Not from 0, so that an untouched slot is never one of the window.
    private long Now() => ((long)time.GetElapsedTime(_started).TotalMilliseconds / SlotMilliseconds) + Slots;
}
