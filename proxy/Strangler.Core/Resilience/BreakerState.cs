namespace Strangler.Core.Resilience;

/// <summary>Whether a side is asked.</summary>
public enum BreakerState
{
    /// <summary>It is.</summary>
    Closed,

    /// <summary>It is left in peace.</summary>
    Open,

    /// <summary>A part of the units is let in again, the lowest buckets first.</summary>
    HalfOpen,
}
