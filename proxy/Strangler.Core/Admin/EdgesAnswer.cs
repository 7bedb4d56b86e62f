namespace Strangler.Core.Admin;

/// <summary>Answer of <c>GET /admin/v1/edges</c>: which edges have applied which plan.</summary>
/// <param name="Store">Name of the control store: <c>file</c> or <c>postgres</c>.</param>
/// <param name="Plan">Number of the plan in force on the edge that answers.</param>
/// <param name="Applied">How many edges have applied that plan or a newer one.</param>
/// <param name="OldestPlan">The oldest plan that any edge has requests on.</param>
/// <param name="OnOlderPlans">Requests that are still on the new side by a plan older than the one in force on their edge.</param>
/// <param name="Edges">The edges that are alive; none when the store cannot be read.</param>
/// <param name="Health">How the edge that answers and the store get along.</param>
public sealed record EdgesAnswer(
    string Store, long Plan, int Applied, long OldestPlan, long OnOlderPlans, IReadOnlyList<EdgeReport> Edges, EdgeHealth? Health = null);
