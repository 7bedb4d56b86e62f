namespace Strangler.Core.Model;

/// <summary>What must be shown before a capability goes up.</summary>
/// <param name="MaxMismatch">Largest share of exchanges that may differ, 0 to 1; null when it is not asked for.</param>
/// <param name="Confidence">How sure that bound must be, 0.5 to 0.9999.</param>
/// <param name="MaxP95Ratio">Largest 95th percentile of the new side by legacy's, above 0; null when it is not asked for.</param>
public sealed record GateRules(double? MaxMismatch, double Confidence, double? MaxP95Ratio)
{
    /// <summary>The confidence when the rules name none: 95 %.</summary>
    public const double DefaultConfidence = 0.95;
}
