namespace Strangler.Core.Admin;

/// <summary>Answer of <c>GET /admin/v1/differences</c>.</summary>
/// <param name="Groups">Groups of differences, the most frequent first.</param>
public sealed record DifferencesAnswer(IReadOnlyList<DifferenceGroup> Groups);
