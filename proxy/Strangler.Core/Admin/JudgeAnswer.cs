namespace Strangler.Core.Admin;

/// <summary>Answer of a judgement.</summary>
/// <param name="Plan">Plan in force now.</param>
/// <param name="Changes">What has changed, one sentence each; for a dry run what would.</param>
/// <param name="Group">The group as it is now; for a dry run as it was.</param>
/// <param name="Rule">For <c>:ignore</c> the line that does the same in the rules file, and makes the comparer pass it over; null when no rule can.</param>
public sealed record JudgeAnswer(long Plan, IReadOnlyList<string> Changes, DifferenceGroup Group, string? Rule = null);
