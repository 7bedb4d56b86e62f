namespace Strangler.Core.Admin;

/// <summary>An entry of the audit log.</summary>
/// <param name="Line">Its line, from 1.</param>
/// <param name="At">When.</param>
/// <param name="Actor">Who: the name of the token.</param>
/// <param name="Verb">What was done.</param>
/// <param name="Capabilities">To which capabilities; empty for the rules as a whole and for tokens.</param>
/// <param name="Reason">Why.</param>
/// <param name="Changes">What changed, one sentence each.</param>
/// <param name="Plan">The plan that it led to.</param>
/// <param name="Evidence">What was known then, with numbers.</param>
/// <param name="Hash">SHA-256 of the line: what the next line names, and what to remember to find out later that lines are gone.</param>
public sealed record AuditItem(
    long Line,
    DateTimeOffset At,
    string Actor,
    string Verb,
    IReadOnlyList<string> Capabilities,
    string Reason,
    IReadOnlyList<string> Changes,
    long Plan,
    IReadOnlyList<string> Evidence,
    string Hash);
