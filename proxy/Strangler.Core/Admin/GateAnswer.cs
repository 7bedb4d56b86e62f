namespace Strangler.Core.Admin;

/// <summary>What the gate of a capability says, and the numbers of the last hour that it rests on.</summary>
/// <param name="Plan">Number of the plan in force.</param>
/// <param name="Capability">Name of the capability.</param>
/// <param name="Stage">Stage that it stands on.</param>
/// <param name="Verdict"><c>pass</c>, <c>hold</c> or <c>roll-back</c>.</param>
/// <param name="Missing">What keeps it from passing, one sentence each; empty when it passes.</param>
/// <param name="Remarks">What decides nothing and should be known, one sentence each.</param>
/// <param name="Demands">What is demanded.</param>
/// <param name="Compared">Requests with a verdict under the present builds and rules; a repeated one counts once a minute.</param>
/// <param name="Different">Of these, those that differ, noise included.</param>
/// <param name="LegacyP95Ms">95th percentile of legacy's answers in milliseconds; null without traffic.</param>
/// <param name="NewP95Ms">The same of the new side.</param>
/// <param name="LagSeconds">How far the new store is behind, in seconds; null when no adapter reports it.</param>
public sealed record GateAnswer(
    long Plan,
    string Capability,
    string Stage,
    string Verdict,
    IReadOnlyList<string> Missing,
    IReadOnlyList<string> Remarks,
    GateDemands Demands,
    long Compared,
    long Different,
    double? LegacyP95Ms = null,
    double? NewP95Ms = null,
    double? LagSeconds = null);
