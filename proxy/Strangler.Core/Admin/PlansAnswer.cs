namespace Strangler.Core.Admin;

/// <summary>Answer of <c>GET /admin/v1/plans</c>.</summary>
/// <param name="Plan">Number of the plan in force.</param>
/// <param name="Plans">The last plans, the newest first.</param>
public sealed record PlansAnswer(long Plan, IReadOnlyList<PlanSummary> Plans);
