namespace Strangler.Core.Audit;

/// <summary>Something that is wrong with the audit log.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Fault">What kind of fault.</param>
/// <param name="Message">What it is, in a sentence.</param>
public sealed record AuditFinding(long Line, AuditFault Fault, string Message)
{
    /// <summary>True when somebody must have done it; false for a line that a crash has torn.</summary>
    public bool IsTampering => Fault != AuditFault.Torn;
}
