using Strangler.Core.Model;
using Strangler.Core.Resilience;

namespace Strangler.UnitTests.Resilience;

/// <summary>The two breakers of a capability, and a clock that a test moves.</summary>
internal sealed class Bench
{
    public Bench(BreakerRules? rules = null)
    {
        Rules = rules ?? BreakerRules.Default;
        Pair = new BreakerPair(Rules, (side, reading) => Changes.Add((side, reading.State)));
    }

    public BreakerRules Rules { get; }

    public BreakerPair Pair { get; }

    public Breaker New => Pair.New;

    public List<(Side Side, BreakerState State)> Changes { get; } = [];

    public TimeSpan Now { get; private set; } = TimeSpan.FromSeconds(100);

    public BreakerReading Reading => New.Read(Now, TimeSpan.FromMinutes(10));

    public void Advance(double seconds) => Now += TimeSpan.FromSeconds(seconds);

    /// <summary>So many attempts of the same outcome at once.</summary>
    public void Attempt(AttemptOutcome outcome, int times = 1, Side side = Side.New)
    {
        for (var i = 0; i < times; i++) Pair.On(side).Enter(Now).Leave(outcome, Now);
    }

    /// <summary>Opens the breaker of the new side.</summary>
    public Bench Trip()
    {
        Attempt(AttemptOutcome.Error, Rules.MinResults);
        return this;
    }

    /// <summary>Opens it, and waits until it is half-open.</summary>
    public Bench HalfOpen()
    {
        Trip();
        Advance(Rules.Pause.TotalSeconds);
        _ = New.Admitted(Now);
        return this;
    }
}
