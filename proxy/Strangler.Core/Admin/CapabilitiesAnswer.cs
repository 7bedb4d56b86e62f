namespace Strangler.Core.Admin;

/// <summary>Answer of <c>GET /admin/v1/capabilities</c>: everything that one edge knows, read from one plan.</summary>
/// <param name="Plan">Number of the plan in force; the same number stands in the ETag and is what a change names in If-Match.</param>
/// <param name="Edge">The edge that answers.</param>
/// <param name="Capabilities">All capabilities of the rules, in the order of the rules file.</param>
public sealed record CapabilitiesAnswer(long Plan, EdgeInfo Edge, IReadOnlyList<CapabilityStatus> Capabilities);
