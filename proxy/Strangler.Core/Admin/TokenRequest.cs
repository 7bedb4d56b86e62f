using System.Text.Json.Serialization;

namespace Strangler.Core.Admin;

/// <summary>Body of <c>POST /admin/v1/tokens</c>.</summary>
/// <param name="Reason">Why; goes into the audit log. Not empty.</param>
/// <param name="Name">Who the token speaks for: lower-case letters, digits, <c>.</c>, <c>_</c> and <c>-</c>, at most 64.</param>
/// <param name="Role"><c>viewer</c>, <c>qa</c>, <c>operator</c>, <c>migrator</c> or <c>admin</c>.</param>
/// <param name="ExpiresInSeconds">How long it is good, above 0; null for ever.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record TokenRequest(string Reason, string Name, string Role, long? ExpiresInSeconds = null);
