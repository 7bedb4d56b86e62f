using System.Runtime.InteropServices;

namespace Strangler.Core.Resilience;

/// <summary>What an attempt keeps of the breaker from its beginning to its end. The default one belongs to no breaker.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly struct BreakerTicket
{
    internal BreakerTicket(Breaker breaker, BreakerPhase phase) => (Breaker, Phase) = (breaker, phase);

    internal Breaker? Breaker { get; }

    internal BreakerPhase? Phase { get; }

    /// <summary>The attempt has ended. To be said once.</summary>
    /// <param name="outcome">How.</param>
    /// <param name="now">The time.</param>
    public void Leave(AttemptOutcome outcome, TimeSpan now) => Breaker?.Leave(Phase!, outcome, now);
}
