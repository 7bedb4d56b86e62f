namespace Strangler.Core.Admin;

/// <summary>Answer of <c>GET /admin/v1/audit</c>.</summary>
/// <param name="Entries">The entries, the oldest first.</param>
/// <param name="Lines">How many lines the log has.</param>
public sealed record AuditAnswer(IReadOnlyList<AuditItem> Entries, long Lines);
