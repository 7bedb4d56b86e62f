namespace Strangler.Core.Admin;

/// <summary>What somebody has made of a group of differences.</summary>
/// <param name="As"><c>acknowledged</c>, <c>ignored</c> or <c>fixed</c>.</param>
/// <param name="Actor">By whom: the name of the token.</param>
/// <param name="At">When.</param>
/// <param name="Reason">Why.</param>
/// <param name="Assignee">Who looks after it; null for nobody.</param>
/// <param name="Expires">The last day of an <c>ignored</c>; null for the others.</param>
public sealed record JudgementInfo(string As, string Actor, DateTimeOffset At, string Reason, string? Assignee = null, DateOnly? Expires = null);
