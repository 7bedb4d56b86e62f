using System.Text.Json.Serialization;

namespace Strangler.Core.Admin;

/// <summary>Body of <c>POST /admin/v1/capabilities/{name}:isolate</c> and <c>:reset</c>.</summary>
/// <param name="Reason">Why; goes into the audit log. Not empty.</param>
/// <param name="Side">Whose breaker, <c>legacy</c> or <c>new</c>; null for new.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record BreakerRequest(string Reason, string? Side = null);
