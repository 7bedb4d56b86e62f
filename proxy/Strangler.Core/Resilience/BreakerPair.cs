using Strangler.Core.Model;

namespace Strangler.Core.Resilience;

/// <summary>The breakers of both sides of a capability, each of which looks at what the other one has counted.</summary>
public sealed class BreakerPair
{
    /// <summary>Two closed breakers.</summary>
    /// <param name="rules">The rules of the capability.</param>
    /// <param name="changed">Told of each change; null for nobody.</param>
    public BreakerPair(BreakerRules rules, Action<Side, BreakerReading>? changed = null)
    {
        Legacy = new Breaker(rules, () => New!, changed is null ? null : reading => changed(Side.Legacy, reading));
        New = new Breaker(rules, () => Legacy, changed is null ? null : reading => changed(Side.New, reading));
    }

    /// <summary>That of the monolith.</summary>
    public Breaker Legacy { get; }

    /// <summary>That of the new service.</summary>
    public Breaker New { get; }

    /// <summary>That of a side.</summary>
    public Breaker On(Side side) => side == Side.New ? New : Legacy;
}
