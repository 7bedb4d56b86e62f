namespace Strangler.Core.Admin;

/// <summary>How a plan came to be, as the audit log has it.</summary>
/// <param name="Number">Its number.</param>
/// <param name="At">When it was made.</param>
/// <param name="Actor">Who made it: the name of the token.</param>
/// <param name="Verb">What was done; <c>change</c> when the plan carries several verbs.</param>
/// <param name="Capabilities">To which capabilities; empty for the rules as a whole and for tokens.</param>
/// <param name="Reason">Why.</param>
/// <param name="Changes">What changed, one sentence each.</param>
public sealed record PlanSummary(
    long Number,
    DateTimeOffset At,
    string Actor,
    string Verb,
    IReadOnlyList<string> Capabilities,
    string Reason,
    IReadOnlyList<string> Changes);
