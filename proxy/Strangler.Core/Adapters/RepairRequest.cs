namespace Strangler.Core.Adapters;

/// <summary>Asks to bring aggregates over once more that a comparison has found to differ.</summary>
/// <param name="Run">The comparison; null for the last one that has finished.</param>
/// <param name="DryRun">Only say what would be written.</param>
/// <param name="MaxKeys">The most aggregates to repair; null for 1000 or 1 % of all, whichever is more.</param>
/// <param name="Strays">Also delete rows to which no aggregate of the source leads.</param>
/// <param name="Actor">Who asks.</param>
/// <param name="Reason">Why; needed unless it is a dry run.</param>
public sealed record RepairRequest(
    long? Run = null, bool DryRun = false, long? MaxKeys = null, bool Strays = false, string? Actor = null, string? Reason = null);
