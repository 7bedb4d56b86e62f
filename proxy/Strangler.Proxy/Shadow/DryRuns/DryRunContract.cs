namespace Strangler.Proxy.Shadow.DryRuns;

/// <summary>What the edge and a new side have agreed on for copied writes.</summary>
internal static class DryRunContract
{
    /// <summary>Where a new side says that it rolls back what is marked, and by which header it knows that.</summary>
    public const string Path = "/.well-known/dry-run";

    /// <summary>On each answer to a marked write, with <see cref="RolledBack"/>: without it nobody knows what has become of the write.</summary>
    public const string ResultHeader = "Dry-Run";

    /// <summary>What it says there.</summary>
    public const string RolledBack = "rolled-back";
}
