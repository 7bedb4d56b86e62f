using System.Text.Json.Serialization;

namespace Strangler.Core.Admin;

/// <summary>Body of <c>POST /admin/v1/capabilities/{name}:promote</c>.</summary>
/// <remarks>
/// Without a stage and without a share the capability goes one stage up. With a share only, it stays in a stage that has shares,
/// and otherwise goes one stage up with that share.
/// </remarks>
/// <param name="Reason">Why; goes into the audit log. Not empty.</param>
/// <param name="Stage">Stage to go to; null for the edge to choose as said above.</param>
/// <param name="Everyone">Admit clients without any identity too, once the share is 100 %.</param>
/// <param name="Share">Percent of units to admit, above 0 and at most 100; null for the present or the default share.</param>
/// <param name="DespiteCoolDown">Although its breaker has lowered it within the last 30 minutes.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record PromoteRequest(
    string Reason,
    string? Stage = null,
    double? Share = null,
    bool Everyone = false,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool DespiteCoolDown = false);
