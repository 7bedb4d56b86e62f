namespace Strangler.Core.Routing;

/// <summary>Why a request went to its side, in the order in which the reasons are asked.</summary>
public enum DecisionReason
{
    /// <summary>The capability is killed: everything on legacy.</summary>
    Killed,

    /// <summary>The breaker of the new side does not let the request through, and legacy may answer it.</summary>
    BreakerOpen,

    /// <summary>The breaker of the new side does not let the request through, and legacy may not answer it: it is refused.</summary>
    BreakerRefused,

    /// <summary>The unit, or a group of it, was excluded by an operator.</summary>
    Excluded,

    /// <summary>The unit, or a group of it, was included by an operator.</summary>
    Included,

    /// <summary>The stage alone decides.</summary>
    Stage,

    /// <summary>Everyone is on the new side, with an identity or without.</summary>
    Everyone,

    /// <summary>The request names no unit, and such clients are admitted as the last step of the share.</summary>
    NoUnit,

    /// <summary>The unit's bucket is inside the share.</summary>
    InsideShare,

    /// <summary>The unit's bucket is outside the share.</summary>
    OutsideShare,

    /// <summary>The client has written, and the adapters may not have brought that to the new side yet.</summary>
    OwnWrite,

    /// <summary>The new side was asked and could not answer.</summary>
    Fallback,

    /// <summary>The new side was asked and could not answer, and legacy was not asked instead.</summary>
    NoFallback,

    /// <summary>Legacy was not asked, because it has as many requests as it can do.</summary>
    Overload,

    /// <summary>Nobody could answer, and the last good answer was served.</summary>
    Stale,
}
