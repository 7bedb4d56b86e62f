namespace Strangler.Core.Model;

/// <summary>What somebody has made of a group of differences: a part of the plan, so that all edges know it and the audit log has it.</summary>
/// <param name="Fingerprint">The group.</param>
/// <param name="Capability">Capability of the group.</param>
/// <param name="As">What it was made.</param>
/// <param name="Actor">By whom.</param>
/// <param name="At">When.</param>
/// <param name="Reason">Why.</param>
/// <param name="Assignee">Who looks after it; null for nobody.</param>
/// <param name="Expires">The last day of <see cref="JudgedAs.Ignored"/>; null for the others.</param>
/// <param name="Build">The new side's build in which the group had been seen last; empty when it was not known.</param>
/// <param name="Builds">The builds of the new side that were known: any other is a new one.</param>
public sealed record Judgement(
    string Fingerprint,
    string Capability,
    JudgedAs As,
    string Actor,
    DateTimeOffset At,
    string Reason,
    string? Assignee,
    DateOnly? Expires,
    string Build,
    IReadOnlyList<string> Builds)
{
    /// <summary>Most judgements that a plan holds: 500.</summary>
    public const int Most = 500;

    /// <summary>True on a day on which an <see cref="JudgedAs.Ignored"/> no longer holds.</summary>
    public bool IsOver(DateOnly today) => As == JudgedAs.Ignored && today > Expires;
}
