using System.Text.Json.Serialization;

namespace Strangler.Core.Admin;

/// <summary>One move of one capability, as it stands in <see cref="ChangesRequest"/>.</summary>
/// <param name="Capability">Name of the capability.</param>
/// <param name="Verb"><c>promote</c>, <c>rollback</c>, <c>shrink</c>, <c>hold</c>, <c>release</c>, <c>kill</c>, <c>include</c>, <c>exclude</c>, <c>isolate</c> or <c>reset</c>.</param>
/// <param name="Stage">For promote and rollback: the stage to go to; null for the next one.</param>
/// <param name="Share">For promote and shrink: percent of the units, 0 to 100.</param>
/// <param name="Everyone">For promote: admit clients without any identity too, once the share is 100 %.</param>
/// <param name="Units">For include and exclude: units by name, 1,000 at most.</param>
/// <param name="Groups">For include and exclude: groups by name, 1,000 at most.</param>
/// <param name="Remove">For include and exclude: take them off the list again.</param>
/// <param name="DespiteCoolDown">For promote: although its breaker has lowered it within the last 30 minutes.</param>
/// <param name="Side">For isolate and reset: whose breaker, <c>legacy</c> or <c>new</c>; null for new.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record MoveRequest(
    string Capability,
    string Verb,
    string? Stage = null,
    double? Share = null,
    bool Everyone = false,
    IReadOnlyList<string>? Units = null,
    IReadOnlyList<string>? Groups = null,
    bool Remove = false,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool DespiteCoolDown = false,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] string? Side = null);
