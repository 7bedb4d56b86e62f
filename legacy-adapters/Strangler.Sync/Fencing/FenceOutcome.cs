namespace Strangler.Sync.Fencing;

/// <summary>What came of raising or lowering a fence.</summary>
/// <param name="IsDone">Whether the fence stands as asked.</param>
/// <param name="Error">Why it does not, and what to do; null when it does.</param>
internal sealed record FenceOutcome(bool IsDone, string? Error)
{
    /// <summary>It stands as asked.</summary>
    public static FenceOutcome Done { get; } = new(IsDone: true, Error: null);
}
