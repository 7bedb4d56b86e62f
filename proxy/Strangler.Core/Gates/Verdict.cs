namespace Strangler.Core.Gates;

/// <summary>What a gate says of a capability.</summary>
public enum Verdict
{
    /// <summary>Everything that the rules demand is shown.</summary>
    Pass,

    /// <summary>Something is not shown yet, or is in the way: nobody more is admitted.</summary>
    Hold,

    /// <summary>The new side was shown to be worse than the rules allow: waiting will not open the gate.</summary>
    RollBack,
}
