namespace Strangler.Core.Model;

/// <summary>Where a capability stands: what operators change, kept in the control store.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Share">Percent of the units whose reads are on the new side in a canary stage, 0 to 100.</param>
/// <param name="Killed">True from a <c>kill</c> until the capability is rolled back to a stage: everything on legacy, no copies.</param>
public sealed record CapabilityState(Stage Stage, double Share, bool Killed)
{
    /// <summary>A capability that nobody has moved yet.</summary>
    public static readonly CapabilityState Initial = new(Stage.Legacy, 0, Killed: false);

    /// <summary>True from a <c>hold</c> until its release: nobody more is admitted, neither by an operator nor by a ramp.</summary>
    public bool Held { get; init; }

    /// <summary>True when clients without any identity are on the new side too: the last step of a share of 100 %.</summary>
    public bool Everyone { get; init; }

    /// <summary>Who is on the new side, whatever the share is, from stage <see cref="Stage.Shadow"/> on.</summary>
    public UnitSet Include { get; init; } = UnitSet.Empty;

    /// <summary>Who stays on legacy, whatever the share is.</summary>
    public UnitSet Exclude { get; init; } = UnitSet.Empty;

    /// <summary>What operators want of the breaker of the new side.</summary>
    public BreakerOrder NewBreaker { get; init; } = BreakerOrder.None;

    /// <summary>The same for legacy's.</summary>
    public BreakerOrder LegacyBreaker { get; init; } = BreakerOrder.None;

    /// <summary>Until when it is not raised, because its breaker has lowered it; null for no such time, and it may be over.</summary>
    public CoolDown? CoolDown { get; init; }

    /// <summary>What operators want of the breaker of a side.</summary>
    public BreakerOrder BreakerOf(Side side) => side == Side.New ? NewBreaker : LegacyBreaker;
}
