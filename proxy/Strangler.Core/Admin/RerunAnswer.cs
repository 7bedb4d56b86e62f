namespace Strangler.Core.Admin;

/// <summary>Both sides asked once more with a request of a group.</summary>
/// <param name="Fingerprint">The group.</param>
/// <param name="Operation">Operation, as its method and pattern.</param>
/// <param name="Result"><c>equal</c>: no difference any more; <c>still</c>: the group's difference is there; <c>other</c>: only others are; <c>no-answer</c>: a side gave none.</param>
/// <param name="Sentence">The same for people.</param>
/// <param name="LegacyStatus">Status code of the monolith's answer; 0 when there was none.</param>
/// <param name="NewStatus">Status code of the new side's answer; 0 when there was none.</param>
/// <param name="Differences">What differs now, redacted like everything that is shown.</param>
public sealed record RerunAnswer(
    string Fingerprint, string Operation, string Result, string Sentence, int LegacyStatus, int NewStatus, IReadOnlyList<RerunDifference> Differences);
