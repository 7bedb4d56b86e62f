namespace Strangler.Core.Admin;

/// <summary>Answer of <c>GET /admin/v1/differences</c>.</summary>
/// <param name="Groups">
/// Groups of differences: those that nobody has judged or that came back first; then by severity, by how many exchanges have shown it, and by
/// how many principals it has met.
/// </param>
/// <param name="Store">
/// Where they come from: <c>postgres</c> (all edges), <c>memory</c> (this edge since it has started), or <c>memory (postgres away since ...)</c>.
/// </param>
public sealed record DifferencesAnswer(IReadOnlyList<DifferenceGroup> Groups, string Store = "memory");
