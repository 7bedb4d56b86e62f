namespace Strangler.Core.Admin;

/// <summary>What a gate demands: what the rules say, and what whoever asks has put in their place.</summary>
/// <param name="MaxMismatch">Largest share of exchanges that may differ, 0 to 1; null when it is not asked for.</param>
/// <param name="Confidence">How sure that bound must be, 0.5 to 0.9999.</param>
/// <param name="MinCompared">Fewest exchanges with a verdict.</param>
/// <param name="MaxUndetermined">Largest share of exchanges without a verdict, 0 to 1.</param>
/// <param name="NoNewGroups">Whether a group of differences that nobody has looked at keeps the gate closed.</param>
/// <param name="MaxP95Ratio">Largest p95 of the new side by legacy's; null when it is not asked for.</param>
public sealed record GateDemands(
    double? MaxMismatch, double Confidence, long MinCompared, double MaxUndetermined, bool NoNewGroups, double? MaxP95Ratio);
