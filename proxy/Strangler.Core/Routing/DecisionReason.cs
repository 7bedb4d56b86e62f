namespace Strangler.Core.Routing;

/// <summary>Why a request went to its side, in the order in which the reasons are asked.</summary>
public enum DecisionReason
{
    /// <summary>The capability is killed: everything on legacy.</summary>
    Killed,

    /// <summary>The stage alone decides.</summary>
    Stage,

    /// <summary>The share is 100 %: everyone is on the new side, known or not.</summary>
    Everyone,

    /// <summary>The request names no unit, and such clients are admitted last.</summary>
    NoUnit,

    /// <summary>The unit's bucket is inside the share.</summary>
    InsideShare,

    /// <summary>The unit's bucket is outside the share.</summary>
    OutsideShare,

    /// <summary>The new side was asked and could not answer.</summary>
    Fallback,
}
