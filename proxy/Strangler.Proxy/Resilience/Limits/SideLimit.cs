using System.Collections.Concurrent;
using Strangler.Core.Model;
using Strangler.Core.Resilience;

namespace Strangler.Proxy.Resilience.Limits;

/// <summary>
/// How many requests one side may have at once. Entering and leaving only counts: no lock, no allocation. Whoever leaves last in a window of
/// time draws the conclusion for all.
/// </summary>
internal sealed class SideLimit(TimeProvider time, ConcurrencyRules bounds)
{
    /// <summary>Shortest time between two changes of the limit.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMilliseconds(500);

    // Fewer latencies than this are noise: the window goes on.
    private const int FewestSamples = 20;

    private readonly ConcurrentDictionary<string, LimitShare> _shares = new(StringComparer.Ordinal);
    private readonly AdaptiveLimit _adaptive = new(bounds);
    private readonly long _windowTicks = (long)(Window.TotalSeconds * time.TimestampFrequency);
    private readonly double _microsecondsPerTick = 1_000_000.0 / time.TimestampFrequency;
    private readonly Lock _adding = new();
    private LimitShare[] _all = [];
    private (double Gradient, long Weight)[] _gradients = [];
    private int _limit = new AdaptiveLimit(bounds).Limit;
    private ConcurrencyRules _bounds = bounds;
    private int _held;
    private int _peak;
    private int _hasRefused;
    private int _overloaded;
    private int _isConcluding;
    private long _windowEnds = time.GetTimestamp() + (long)(Window.TotalSeconds * time.TimestampFrequency);

    /// <summary>The limit now.</summary>
    public int Limit => Volatile.Read(ref _limit);

    /// <summary>How many requests are there.</summary>
    public int Held => Volatile.Read(ref _held);

    /// <summary>The part of a capability; the same object each time.</summary>
    public LimitShare ShareOf(string capability) => _shares.TryGetValue(capability, out var share) ? share : Add(capability);

    /// <summary>Takes the bounds of the rules in force.</summary>
    public void Allow(ConcurrencyRules rules)
    {
        if (ReferenceEquals(Volatile.Read(ref _bounds), rules)) return;
        while (Interlocked.CompareExchange(ref _isConcluding, 1, 0) != 0) Thread.Yield();
        (_bounds, _adaptive.Bounds) = (rules, rules);
        Volatile.Write(ref _limit, _adaptive.Limit);
        Volatile.Write(ref _isConcluding, 0);
    }

    /// <summary>Takes a place, if there is one for this priority and this share.</summary>
    /// <param name="share">Whose request it is.</param>
    /// <param name="priority">How much of the limit it may fill up.</param>
    /// <param name="bulkhead">The part of the limit, 0 to 1, that the share may hold.</param>
    public bool TryEnter(LimitShare share, Priority priority, double bulkhead)
    {
        var limit = Volatile.Read(ref _limit);
        var held = Interlocked.Increment(ref _held);
        if (held <= Places(limit, ThresholdOf(priority)) && share.Enter() is var own)
        {
            if (own <= Places(limit, bulkhead))
            {
                if (held > _peak) _peak = held;
                return true;
            }

            share.Leave();
        }

        Interlocked.Decrement(ref _held);
        Volatile.Write(ref _hasRefused, 1);
        return false;
    }

    /// <summary>Gives the place back.</summary>
    public void Leave(LimitShare share)
    {
        share.Leave();
        Interlocked.Decrement(ref _held);
    }

    /// <summary>Takes what an attempt has shown.</summary>
    /// <param name="share">Whose request it was.</param>
    /// <param name="outcome">How it ended.</param>
    /// <param name="ticks">Time from the request to the head of the answer; null when that says nothing of the side.</param>
    /// <param name="now">The time stamp of now.</param>
    public void Learn(LimitShare share, AttemptOutcome outcome, long? ticks, long now)
    {
        if (outcome is AttemptOutcome.Busy or AttemptOutcome.Unavailable or AttemptOutcome.NoAnswer) Interlocked.Increment(ref _overloaded);
        else if (outcome == AttemptOutcome.Answered && ticks is { } taken) share.Sample(taken * _microsecondsPerTick);
        if (now >= Volatile.Read(ref _windowEnds)) Conclude(now);
    }

    /// <summary>How much of the limit a priority may fill up: the rest is kept for those above it.</summary>
    public static double ThresholdOf(Priority priority) => priority switch
    {
        Priority.High => 1,
        Priority.Normal => 0.9,
        _ => 0.6,
    };

    /// <summary>So many requests are a part of a limit; at least one.</summary>
    public static int Places(int limit, double part) => Math.Max(1, (int)(limit * part));

    private void Conclude(long now)
    {
        if (Interlocked.CompareExchange(ref _isConcluding, 1, 0) != 0) return;
        try
        {
            if (now < Volatile.Read(ref _windowEnds)) return;
            Volatile.Write(ref _windowEnds, now + _windowTicks);
            var samples = 0L;
            var overloaded = Volatile.Read(ref _overloaded);
            foreach (var share in Volatile.Read(ref _all)) samples += share.Samples;
            if (samples + overloaded < FewestSamples) return;

            Interlocked.Add(ref _overloaded, -overloaded);
            _adaptive.Update(new LimitWindow(
                Gradient(), Interlocked.Exchange(ref _peak, Held), Interlocked.Exchange(ref _hasRefused, 0) == 1, (double)overloaded / (samples + overloaded)));
            Volatile.Write(ref _limit, _adaptive.Limit);
        }
        finally
        {
            Volatile.Write(ref _isConcluding, 0);
        }
    }

    private double Gradient()
    {
        var shares = Volatile.Read(ref _all);
        if (_gradients.Length < shares.Length) _gradients = new (double, long)[shares.Length];
        for (var i = 0; i < shares.Length; i++) _gradients[i] = shares[i].EndWindow();
        return WeightedMedian.Of(_gradients.AsSpan(0, shares.Length));
    }

    private LimitShare Add(string capability)
    {
        lock (_adding)
        {
            var share = _shares.GetOrAdd(capability, static _ => new LimitShare());
            if (!_all.Contains(share)) Volatile.Write(ref _all, [.. _all, share]);
            return share;
        }
    }
}
