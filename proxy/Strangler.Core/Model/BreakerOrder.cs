namespace Strangler.Core.Model;

/// <summary>What operators want of the breaker of one side.</summary>
/// <param name="Isolated">Whether it is held open, until a reset.</param>
/// <param name="Resets">How often it was reset: an edge that sees a larger number than before closes its own.</param>
public sealed record BreakerOrder(bool Isolated, long Resets)
{
    /// <summary>Nobody has wanted anything.</summary>
    public static readonly BreakerOrder None = new(Isolated: false, 0);
}
