using System.Text.Json.Serialization;

namespace Strangler.Core.Admin;

/// <summary>Body of the changes that need nothing but a reason: <c>:hold</c>, <c>:release</c>, <c>:kill</c> and <c>rules:apply</c>.</summary>
/// <param name="Reason">Why; goes into the audit log. Not empty.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ReasonRequest(string Reason);
