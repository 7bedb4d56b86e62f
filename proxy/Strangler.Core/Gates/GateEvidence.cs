using Strangler.Core.Evidence;

namespace Strangler.Core.Gates;

/// <summary>What is known of a capability when a step up is asked for; all of it over the last hour.</summary>
/// <param name="Mismatch">The compared requests.</param>
/// <param name="LegacyP95Ms">95th percentile of legacy's answers in milliseconds; null without traffic.</param>
/// <param name="NewP95Ms">The same of the new side.</param>
public sealed record GateEvidence(MismatchEvidence Mismatch, double? LegacyP95Ms, double? NewP95Ms)
{
    /// <summary>Nothing is known.</summary>
    public static readonly GateEvidence None = new(MismatchEvidence.None, null, null);

    /// <summary>True while no number is known.</summary>
    public bool IsNone => Mismatch.Compared == 0 && LegacyP95Ms is null && NewP95Ms is null && LagSeconds is null;

    /// <summary>How far the new store is behind, in seconds; null when no adapter reports it. No gate asks for it yet.</summary>
    public double? LagSeconds { get; init; }

    /// <summary>Compare rules that ignore something and have expired, one sentence each.</summary>
    public IReadOnlyList<string> ExpiredRules { get; init; } = [];

    /// <summary>Compare rules that have had no effect under the present builds and rules, one sentence each.</summary>
    public IReadOnlyList<string> IdleRules { get; init; } = [];

    /// <summary>Groups of differences that nobody has looked at.</summary>
    public int NewGroups { get; init; }
}
