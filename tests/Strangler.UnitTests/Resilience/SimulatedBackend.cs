using Strangler.Core.Model;
using Strangler.Core.Resilience;

namespace Strangler.UnitTests.Resilience;

/// <summary>
/// A backend of so many workers with a queue before them, an adaptive limit in front of it, and arrivals that do not wait for answers. Discrete events,
/// a simulated clock, and a seed.
/// </summary>
internal sealed class SimulatedBackend(int seed, int max = 1000)
{
    private const double Window = 0.5;
    private const int FewestSamples = 20;

    private readonly Random _random = new(seed);
    private readonly AdaptiveLimit _limit = new(new ConcurrencyRules(10, max));
    private readonly LatencyTrend _trend = new();
    private readonly PriorityQueue<double, double> _finishing = new();
    private readonly Queue<double> _waiting = new();
    private double _now;
    private double _windowEnds = Window;
    private double _sum;
    private int _samples;
    private int _peak;
    private bool _hasRefused;

    public int Workers { get; set; } = 40;

    /// <summary>Mean of the service time in seconds.</summary>
    public double Service { get; set; } = 0.02;

    /// <summary>Sigma of the lognormal service time.</summary>
    public double Spread { get; set; } = 0.5;

    public int Limit => _limit.Limit;

    public int Refused { get; private set; }

    public int Admitted { get; private set; }

    /// <summary>Longest queue seen since it was last asked to forget.</summary>
    public int LongestQueue { get; set; }

    private int InFlight => _finishing.Count + _waiting.Count;

    /// <summary>Lets requests come at a rate for some seconds.</summary>
    public void Run(double seconds, double perSecond)
    {
        var until = _now + seconds;
        for (var arrival = _now + Next(perSecond); arrival < until; arrival += Next(perSecond))
        {
            FinishUntil(arrival);
            _now = arrival;
            Arrive();
        }

        FinishUntil(until);
        _now = until;
    }

    private double Next(double perSecond) => -Math.Log(1 - _random.NextDouble()) / perSecond;

    private void Arrive()
    {
        if (InFlight >= _limit.Limit)
        {
            (Refused, _hasRefused) = (Refused + 1, true);
            return;
        }

        Admitted++;
        _waiting.Enqueue(_now);
        Start();
        _peak = Math.Max(_peak, InFlight);
        LongestQueue = Math.Max(LongestQueue, _waiting.Count);
    }

    private void Start()
    {
        while (_finishing.Count < Workers && _waiting.TryDequeue(out var arrived))
        {
            var normal = Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
            _finishing.Enqueue(arrived, _now + (Service * Math.Exp((Spread * normal) - (Spread * Spread / 2))));
        }
    }

    private void FinishUntil(double time)
    {
        while (_finishing.TryPeek(out _, out var at) && at <= time)
        {
            var arrived = _finishing.Dequeue();
            _now = at;
            _sum += Math.Log2((at - arrived) * 1_000_000);
            _samples++;
            Start();
            if (_now >= _windowEnds) EndWindow();
        }
    }

    private void EndWindow()
    {
        _windowEnds = _now + Window;
        if (_samples < FewestSamples) return;
        _limit.Update(new LimitWindow(_trend.Take(_sum / _samples), _peak, _hasRefused, Overloaded: 0));
        (_sum, _samples, _peak, _hasRefused) = (0, 0, InFlight, false);
    }
}
