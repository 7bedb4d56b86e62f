namespace Strangler.Core.Admin;

/// <summary>All differences with one fingerprint.</summary>
/// <param name="Fingerprint">Stable name of the group: the same deviation has the same one on every edge and after a restart.</param>
/// <param name="Capability">Capability that the requests belong to.</param>
/// <param name="Operation">Operation, as its method and pattern.</param>
/// <param name="Kind">What kind of deviation, such as <c>number</c>, <c>null-vs-missing</c> or <c>status</c>.</param>
/// <param name="Path">Where in the answer, as a path such as <c>$.items[*].price</c>; <c>status</c> for the status code.</param>
/// <param name="Count">Differences seen with a verdict.</param>
/// <param name="Stale">Differences that proved to be stale and are not in <paramref name="Count"/>.</param>
/// <param name="Undetermined">Differences of which neither staleness nor a defect could be shown; not in <paramref name="Count"/>.</param>
/// <param name="FirstSeen">When the first one was seen.</param>
/// <param name="LastSeen">When the last one was seen.</param>
/// <param name="Sample">The last one in full.</param>
public sealed record DifferenceGroup(
    string Fingerprint,
    string Capability,
    string Operation,
    string Kind,
    string Path,
    long Count,
    long Stale,
    long Undetermined,
    DateTimeOffset FirstSeen,
    DateTimeOffset LastSeen,
    DifferenceSample Sample);
