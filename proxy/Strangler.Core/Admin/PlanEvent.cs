namespace Strangler.Core.Admin;

/// <summary>Data of the event <c>plan</c>, and of <c>resync</c>, which only names the plan.</summary>
/// <param name="Plan">Number of the plan; the id of the event, too.</param>
/// <param name="At">When it was made; null when it is not known.</param>
/// <param name="Actor">Who made it; null when it is not known.</param>
/// <param name="Verb">What was done; null when it is not known.</param>
/// <param name="Capabilities">To which capabilities.</param>
/// <param name="Changes">What changed, one sentence each.</param>
public sealed record PlanEvent(
    long Plan, DateTimeOffset? At, string? Actor, string? Verb, IReadOnlyList<string> Capabilities, IReadOnlyList<string> Changes);
