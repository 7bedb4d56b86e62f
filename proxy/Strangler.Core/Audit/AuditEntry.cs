namespace Strangler.Core.Audit;

/// <summary>One line of the audit log: who changed what, why, and what was known then.</summary>
/// <param name="At">When, by the clock of the edge that made the change.</param>
/// <param name="Actor">Who: the name of the token.</param>
/// <param name="Verb">What was done: <c>promote</c>, <c>kill</c>, <c>apply</c>, ...; <c>change</c> when one plan carries several.</param>
/// <param name="Capabilities">To which capabilities; empty for the rules as a whole and for tokens.</param>
/// <param name="Reason">Why, in the operator's words.</param>
/// <param name="Changes">The differences, in words.</param>
/// <param name="Plan">The plan that it led to.</param>
/// <param name="Evidence">What was known of the capabilities, in words with numbers; empty when nothing was.</param>
public sealed record AuditEntry(
    DateTimeOffset At,
    string Actor,
    string Verb,
    IReadOnlyList<string> Capabilities,
    string Reason,
    IReadOnlyList<string> Changes,
    long Plan,
    IReadOnlyList<string> Evidence);
