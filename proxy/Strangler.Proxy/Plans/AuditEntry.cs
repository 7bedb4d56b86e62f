namespace Strangler.Proxy.Plans;

/// <summary>One line of the audit log: who changed what and why.</summary>
/// <param name="At">When.</param>
/// <param name="Actor">Who.</param>
/// <param name="Verb">What was done: <c>promote</c>, <c>rollback</c>, <c>kill</c> or <c>apply</c>.</param>
/// <param name="Capability">To which capability; null for the rules as a whole.</param>
/// <param name="Reason">Why, in the operator's words.</param>
/// <param name="Changes">The differences, in words.</param>
/// <param name="Plan">The plan that it led to.</param>
public sealed record AuditEntry(
    DateTimeOffset At, string Actor, string Verb, string? Capability, string Reason, IReadOnlyList<string> Changes, long Plan);
