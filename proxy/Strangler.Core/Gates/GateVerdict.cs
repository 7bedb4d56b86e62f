namespace Strangler.Core.Gates;

/// <summary>What a gate says, and what that rests on.</summary>
/// <param name="Verdict">The verdict: the worst of what was found.</param>
/// <param name="Missing">What keeps it from passing, one sentence each; empty when it passes.</param>
/// <param name="Remarks">What a person should know although it decides nothing, one sentence each.</param>
public sealed record GateVerdict(Verdict Verdict, IReadOnlyList<string> Missing, IReadOnlyList<string> Remarks);
