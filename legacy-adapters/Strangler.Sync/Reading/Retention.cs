namespace Strangler.Sync.Reading;

/// <summary>What a slot costs its source.</summary>
/// <param name="Kept">Bytes of log that the source keeps for the slot.</param>
/// <param name="Safe">Bytes that it may still write before it throws away what the slot needs; null without a limit.</param>
internal sealed record Retention(long Kept, long? Safe)
{
    /// <summary>Whether positions are bytes of what is kept.</summary>
    public bool IsLog { get; init; } = true;

    /// <summary>The share of the limit that is left, 0 to 1; 1 without a limit.</summary>
    public double Left => Safe is { } safe ? Math.Max(0, safe) / (double)Math.Max(1, Math.Max(0, safe) + Kept) : 1;
}
