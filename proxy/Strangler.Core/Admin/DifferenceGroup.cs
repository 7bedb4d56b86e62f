namespace Strangler.Core.Admin;

/// <summary>All differences with one fingerprint.</summary>
/// <param name="Fingerprint">Stable name of the group: the same deviation has the same one on every edge and after a restart.</param>
/// <param name="Capability">Capability that the requests belong to.</param>
/// <param name="Operation">Operation, as its method and pattern.</param>
/// <param name="Kind">What kind of deviation, such as <c>number</c>, <c>null-vs-missing</c> or <c>status</c>.</param>
/// <param name="Path">Where in the answer, as a path such as <c>$.items[*].price</c>; <c>status</c> for the status code.</param>
/// <param name="Count">Exchanges that were shown to be different here; of a note, exchanges that had it.</param>
/// <param name="Stale">Exchanges in which it proved to be stale; not in <paramref name="Count"/>.</param>
/// <param name="Undetermined">Exchanges of which neither staleness nor a defect could be shown; not in <paramref name="Count"/>.</param>
/// <param name="FirstSeen">When the first one was seen.</param>
/// <param name="LastSeen">When the last one was seen.</param>
/// <param name="Sample">The last one in full.</param>
/// <param name="Severity"><c>high</c>, <c>medium</c>, <c>low</c>, or <c>note</c> for what makes no answer different.</param>
/// <param name="State">
/// <c>new</c>: nobody has judged it. <c>acknowledged</c>, <c>ignored</c>, <c>fixed</c>: as it was judged. <c>regressed</c>: it came back.
/// </param>
/// <param name="Requests">How many different requests had it (path and query), within about 5 %.</param>
/// <param name="Principals">How many different senders met it, within about 5 %; 0 when copies carry nothing that tells them apart.</param>
/// <param name="FirstBuild">The new side's build in which it was seen first; empty when it was not known.</param>
/// <param name="LastBuild">The new side's build in which it was seen last; empty when it was not known.</param>
/// <param name="Cause">What all of them have in common, in one sentence; null when nothing was found.</param>
/// <param name="Judgement">The last judgement; null for none.</param>
/// <param name="Samples">Some of them, the newest first: the first, the last, the one with the smallest answer and up to five chosen fairly.</param>
/// <param name="NewPath">The operation's path pattern at the new side by the rules in force; null when they no longer have the operation.</param>
/// <param name="Standing">
/// What asking legacy twice says of the field: <c>deterministic</c>, <c>regression</c>, <c>noise</c> (folded, and not counted by the gate) or <c>undetermined</c>; null when legacy
/// was not asked twice.
/// </param>
/// <param name="Evidence">Why, with the numbers; null when legacy was not asked twice.</param>
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
    DifferenceSample Sample,
    string Severity = "medium",
    string State = "new",
    long Requests = 0,
    long Principals = 0,
    string FirstBuild = "",
    string LastBuild = "",
    string? Cause = null,
    JudgementInfo? Judgement = null,
    IReadOnlyList<DifferenceSample>? Samples = null,
    string? NewPath = null,
    string? Standing = null,
    string? Evidence = null);
