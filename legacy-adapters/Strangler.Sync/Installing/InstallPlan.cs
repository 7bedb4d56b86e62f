namespace Strangler.Sync.Installing;

/// <summary>What an installation would do to one database.</summary>
/// <param name="Statements">The statements, in order; empty when all is in place.</param>
/// <param name="Warnings">What is dangerous, but not refused.</param>
/// <param name="Refusals">Why nothing is done; each says what to do.</param>
internal sealed record InstallPlan(IReadOnlyList<string> Statements, IReadOnlyList<string> Warnings, IReadOnlyList<string> Refusals);
