namespace Strangler.Core.Audit;

/// <summary>What the check of an audit log has found.</summary>
/// <param name="Lines">How many lines it has.</param>
/// <param name="Head">Hash of the last line: remembered elsewhere it shows later that the end was cut off. Empty for an empty log.</param>
/// <param name="Findings">What is wrong, by line.</param>
public sealed record AuditVerdict(long Lines, string Head, IReadOnlyList<AuditFinding> Findings)
{
    /// <summary>True when nothing was tampered with.</summary>
    public bool IsIntact => !Findings.Any(finding => finding.IsTampering);
}
