namespace Strangler.Core.Resilience;

/// <summary>
/// What is usual for one kind of request: a slow average of the latency, as a logarithm, because latencies differ by factors and a few
/// slow ones must not count for all. Not for use by several threads at once.
/// </summary>
public sealed class LatencyTrend
{
    // As in Gradient2: so many windows count alike at the start, and so many are remembered from then on.
    private const int WarmUp = 10;
    private const int Memory = 600;

    // Slower than this many times the usual is too slow: below it, latency is noise.
    private static readonly double Tolerance = Math.Log2(1.5);

    // A usual latency that is more than twice what is seen comes from an overload that is over: it is forgotten by 5 % a window.
    private static readonly double Forget = Math.Log2(0.95);

    private double _usual;
    private int _windows;

    /// <summary>
    /// Takes one window and says how it compares: 1 when it is as usual or faster, less, at least 0.5, by as much as it is slower than one and a half
    /// times the usual.
    /// </summary>
    /// <param name="latency">Mean of the binary logarithms of the latencies in the window, in any unit of time.</param>
    public double Take(double latency)
    {
        _windows++;
        var weight = _windows <= WarmUp ? 1.0 / _windows : 2.0 / (Memory + 1);
        _usual += (latency - _usual) * weight;
        if (_usual - latency > 1) _usual += Forget;
        return Math.Clamp(Math.Pow(2, _usual + Tolerance - latency), 0.5, 1);
    }
}
