using Strangler.Core.Model;

namespace Strangler.Core.Resilience;

/// <summary>
/// How many requests a side may have at once, found from its latency: Gradient2 of Netflix's concurrency-limits (Apache-2.0), with a part of
/// AIMD for sides that say themselves that it is too much. As long as latency is as usual, the limit grows while it is used; when latency
/// rises, requests are queueing, and the limit shrinks until they do not. Not for use by several threads at once.
/// </summary>
/// <remarks>
/// Differences to the original: the latency of a window is a geometric mean; growth while all is well is not smoothed, so that a shop that
/// wakes up is not refused for a minute.
/// </remarks>
public sealed class AdaptiveLimit
{
    /// <summary>Where a limit starts: far more than a side needs that answers in a tenth of a second, and few enough to be survived.</summary>
    public const int Initial = 200;

    private const double Smoothing = 0.2;
    private const double Backoff = 0.9;
    private const double TooManyOverloaded = 0.1;
    private const double SmallestQueue = 4;

    private double _limit;
    private ConcurrencyRules _bounds;

    /// <summary>Starts at <see cref="Initial"/>, or where its bounds allow.</summary>
    /// <param name="bounds">The least and the most it ever allows.</param>
    public AdaptiveLimit(ConcurrencyRules bounds)
    {
        _bounds = bounds;
        _limit = Clamp(Initial);
    }

    /// <summary>How many requests may be there at once.</summary>
    public int Limit => (int)_limit;

    /// <summary>The least and the most it ever allows.</summary>
    public ConcurrencyRules Bounds
    {
        get => _bounds;
        set
        {
            _bounds = value;
            _limit = Clamp(_limit);
        }
    }

    /// <summary>Draws the conclusion from a window.</summary>
    public void Update(in LimitWindow window)
    {
        if (window.Overloaded > TooManyOverloaded) _limit = Clamp(_limit * Backoff);
        else if (IsUsed(window)) _limit = Clamp(Next(window.Gradient));
    }

    // Latency at half a load says nothing of what a full one would do.
    private bool IsUsed(in LimitWindow window) => window.HasRefused || window.Peak * 2 >= Limit;

    private double Next(double gradient)
    {
        var queue = Math.Max(SmallestQueue, Math.Sqrt(_limit));
        if (gradient >= 1) return _limit + queue;
        return (_limit * (1 - Smoothing)) + (((_limit * gradient) + queue) * Smoothing);
    }

    private double Clamp(double limit) => Math.Clamp(limit, Math.Min(_bounds.Min, _bounds.Max), _bounds.Max);
}
