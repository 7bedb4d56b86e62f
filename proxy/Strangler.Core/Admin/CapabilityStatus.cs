namespace Strangler.Core.Admin;

/// <summary>Where one capability stands, and the numbers since the edge started unless said otherwise.</summary>
/// <param name="Name">Name of the capability in the rules.</param>
/// <param name="Team">Team that migrates it; empty when the rules name none.</param>
/// <param name="Stage">Stage in the words of the rules: <c>legacy</c>, <c>shadow</c>, <c>read-canary</c>, ...</param>
/// <param name="Share">Percent of units whose reads are on the new side, 0 to 100.</param>
/// <param name="Killed">Whether the capability was taken back by <c>kill</c>; then every read is on legacy whatever the stage says.</param>
/// <param name="Sides">Traffic by side.</param>
/// <param name="Fallbacks">Requests that were decided for the new side and answered by legacy because the new side could not.</param>
/// <param name="Shadow">Outcomes of compared exchanges.</param>
/// <param name="LagSeconds">How far the new store is behind the legacy one, in seconds; null when no adapter reports it.</param>
/// <param name="LastChange">The last change by an operator; null when there was none.</param>
/// <param name="Held">Whether nobody more is admitted, until <c>release</c>.</param>
/// <param name="Everyone">Whether clients without any identity are on the new side too.</param>
/// <param name="Include">Who is on the new side whatever the share is.</param>
/// <param name="Exclude">Who stays on legacy whatever the share is.</param>
/// <param name="CoolDown">Until when it is not raised, because its breaker has lowered it; null for no such time.</param>
public sealed record CapabilityStatus(
    string Name,
    string Team,
    string Stage,
    double Share,
    bool Killed,
    SidesStatus Sides,
    long Fallbacks,
    ShadowStatus Shadow,
    double? LagSeconds = null,
    LastChange? LastChange = null,
    bool Held = false,
    bool Everyone = false,
    ListStatus? Include = null,
    ListStatus? Exclude = null,
    CoolDownStatus? CoolDown = null);
