namespace Strangler.Core.Admin;

/// <summary>A change by an operator, as the audit log has it.</summary>
/// <param name="At">When it took effect.</param>
/// <param name="Actor">Who made it: the name of the token.</param>
/// <param name="Reason">Why, in the words of the operator.</param>
/// <param name="Verb">What was asked for: <c>promote</c>, <c>rollback</c>, <c>shrink</c>, <c>hold</c>, <c>release</c>, <c>kill</c>, <c>include</c> or <c>exclude</c>.</param>
public sealed record LastChange(DateTimeOffset At, string Actor, string Reason, string Verb);
