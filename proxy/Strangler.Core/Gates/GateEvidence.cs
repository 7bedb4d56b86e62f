namespace Strangler.Core.Gates;

/// <summary>What is known of a capability when a step up is asked for; all of it over the last hour.</summary>
/// <param name="Compared">Exchanges with a verdict.</param>
/// <param name="Different">Of these, those that differ.</param>
/// <param name="LegacyP95Ms">95th percentile of legacy's answers in milliseconds; null without traffic.</param>
/// <param name="NewP95Ms">The same of the new side.</param>
public sealed record GateEvidence(long Compared, long Different, double? LegacyP95Ms, double? NewP95Ms)
{
    /// <summary>Nothing is known.</summary>
    public static readonly GateEvidence None = new(0, 0, null, null);

    /// <summary>How far the new store is behind, in seconds; null when no adapter reports it. No gate asks for it yet.</summary>
    public double? LagSeconds { get; init; }
}
