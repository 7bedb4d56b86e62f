using System.Text.Json.Serialization;

namespace Strangler.Core.Admin;

/// <summary>Body of <c>POST /admin/v1/capabilities/{name}:rollback</c>.</summary>
/// <param name="Reason">Why; goes into the audit log. Not empty.</param>
/// <param name="Stage">Any stage below the present one; null for one stage down.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record RollbackRequest(string Reason, string? Stage = null);
