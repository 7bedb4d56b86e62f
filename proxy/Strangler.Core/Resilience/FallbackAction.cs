namespace Strangler.Core.Resilience;

/// <summary>What becomes of a request of which an attempt at the new side has ended.</summary>
public enum FallbackAction
{
    /// <summary>What the side said goes to the client.</summary>
    PassThrough,

    /// <summary>Legacy is asked.</summary>
    FallBack,

    /// <summary>503 with Retry-After: nothing was done, and nobody else may do it.</summary>
    Refuse,

    /// <summary>502 or 504: it may have been done, and asking again could do it twice.</summary>
    Fail,

    /// <summary>The answer has begun: it is broken off.</summary>
    Abort,
}
