using System.Text.Json.Serialization;

namespace Strangler.Core.Admin;

/// <summary>Body of <c>POST /admin/v1/capabilities/{name}:shrink</c>.</summary>
/// <param name="Reason">Why; goes into the audit log. Not empty.</param>
/// <param name="Share">Percent of the units that stay on the new side, 0 or more and below the present share.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ShrinkRequest(string Reason, double Share);
