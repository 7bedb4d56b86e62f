namespace Strangler.Core.Model;

/// <summary>What must be shown before a capability goes up.</summary>
/// <param name="MaxMismatch">Largest share of exchanges that may differ, 0 to 1; null when it is not asked for.</param>
/// <param name="Confidence">How sure that bound must be, 0.5 to 0.9999.</param>
/// <param name="MaxP95Ratio">Largest 95th percentile of the new side by legacy's, above 0; null when it is not asked for.</param>
public sealed record GateRules(double? MaxMismatch, double Confidence, double? MaxP95Ratio)
{
    /// <summary>The confidence when the rules name none: 95 %.</summary>
    public const double DefaultConfidence = 0.95;

    /// <summary>The largest share of exchanges without a verdict when the rules name none: 5 %.</summary>
    public const double DefaultMaxUndetermined = 0.05;

    /// <summary>The lowest confidence that may be asked for.</summary>
    public const double MinConfidence = 0.5;

    /// <summary>The highest.</summary>
    public const double MaxConfidence = 0.9999;

    /// <summary>The largest ratio of p95 that may be asked for.</summary>
    public const double LargestP95Ratio = 100;

    /// <summary>Fewest exchanges with a verdict in the last hour; 0, the default, leaves it to the confidence.</summary>
    public long MinCompared { get; init; }

    /// <summary>Largest share of exchanges of which neither a defect nor lag could be shown, 0 to 1. Asked for together with <see cref="MaxMismatch"/>.</summary>
    public double MaxUndetermined { get; init; } = DefaultMaxUndetermined;

    /// <summary>Whether a group of differences that nobody has looked at keeps the gate closed.</summary>
    public bool NoNewGroups { get; init; }
}
