namespace Strangler.Core.Admin;

/// <summary>Answer of <c>POST /admin/v1/rules:apply</c>; of its preview, too, when <c>dryRun=true</c> was asked for.</summary>
/// <param name="Plan">Number of the plan that is in force now: the new one, or the present one for a preview.</param>
/// <param name="Changes">What changes, one sentence each; empty when the rules on disk are already in force.</param>
public sealed record ApplyAnswer(long Plan, IReadOnlyList<string> Changes);
