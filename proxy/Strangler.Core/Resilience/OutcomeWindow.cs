namespace Strangler.Core.Resilience;

/// <summary>
/// The results of the last seconds, in ten slots that age one by one. Each slot of each stripe is one word of slot number, results and failures,
/// changed by compare-and-set: no lock, no allocation, and no result that is lost or counted in the wrong slot.
/// </summary>
public sealed class OutcomeWindow
{
    private const int Slots = 10;
    private const int CountBits = 20;
    private const ulong MaxCount = (1UL << CountBits) - 1;
    private const int NumberShift = 2 * CountBits;
    private const ulong MaxNumber = (1UL << (64 - NumberShift)) - 1;

    // So far apart that two stripes never share a line of the processor's cache.
    private const int StripeLength = 24;
    private const int MaxStripes = 16;

    private readonly long _slotTicks;
    private readonly int _stripes;
    private readonly ulong[] _words;

    /// <summary>An empty window.</summary>
    /// <param name="length">How far back it looks, 1 s or more.</param>
    public OutcomeWindow(TimeSpan length)
    {
        Length = length;
        _slotTicks = Math.Max(1, length.Ticks / Slots);
        _stripes = Math.Clamp(Environment.ProcessorCount, 1, MaxStripes);
        _words = new ulong[_stripes * StripeLength];
    }

    /// <summary>How far back it looks.</summary>
    public TimeSpan Length { get; }

    /// <summary>Counts one result.</summary>
    /// <param name="failed">Whether it was a failure.</param>
    /// <param name="now">The time since any fixed instant, 0 or more.</param>
    public void Record(bool failed, TimeSpan now)
    {
        var number = NumberOf(now);
        ref var word = ref _words[((int)((uint)Environment.CurrentManagedThreadId % (uint)_stripes) * StripeLength) + (int)(number % Slots)];
        while (true)
        {
            var seen = Volatile.Read(ref word);
            var (results, failures) = (0UL, 0UL);
            if (seen >> NumberShift == (number & MaxNumber)) (results, failures) = ((seen >> CountBits) & MaxCount, seen & MaxCount);
            if (results == MaxCount) return;
            var next = ((number & MaxNumber) << NumberShift) | ((results + 1) << CountBits) | (failed ? failures + 1 : failures);
            if (Interlocked.CompareExchange(ref word, next, seen) == seen) return;
        }
    }

    /// <summary>What was counted within the length of the window, the present slot included.</summary>
    /// <param name="now">The time.</param>
    /// <param name="since">Results before this time do not count, nor those of the rest of its slot; zero for all.</param>
    public OutcomeCounts Read(TimeSpan now, TimeSpan since = default)
    {
        var newest = NumberOf(now);
        var oldest = newest > Slots - 1 ? newest - (Slots - 1) : 0;
        if (since > TimeSpan.Zero) oldest = Math.Max(oldest, NumberOf(since) + 1);
        var (failed, total) = (0L, 0L);
        for (var number = Math.Max(oldest, 1); number <= newest; number++)
        {
            for (var stripe = 0; stripe < _stripes; stripe++)
            {
                var word = Volatile.Read(ref _words[(stripe * StripeLength) + (int)(number % Slots)]);
                if (word >> NumberShift != (number & MaxNumber)) continue;
                total += (long)((word >> CountBits) & MaxCount);
                failed += (long)(word & MaxCount);
            }
        }

        return new OutcomeCounts(failed, total);
    }

    // From 1, so that an untouched word is never a slot of the window.
    private ulong NumberOf(TimeSpan time) => (ulong)(Math.Max(0, time.Ticks) / _slotTicks) + 1;
}
