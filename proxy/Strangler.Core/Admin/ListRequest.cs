using System.Text.Json.Serialization;

namespace Strangler.Core.Admin;

/// <summary>Body of <c>POST /admin/v1/capabilities/{name}:include</c> and <c>:exclude</c>.</summary>
/// <param name="Reason">Why; goes into the audit log. Not empty.</param>
/// <param name="Units">Units by name, as the edge reads them.</param>
/// <param name="Groups">Groups by name.</param>
/// <param name="Remove">Take them off the list again.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ListRequest(
    string Reason, IReadOnlyList<string>? Units = null, IReadOnlyList<string>? Groups = null, bool Remove = false);
