namespace Strangler.Core.Compare;

/// <summary>Differences that somebody has accepted for a while, at a path and below it.</summary>
/// <param name="Kinds">The kinds that are ignored; null ignores all kinds.</param>
/// <param name="Reason">Why, for the reader of the rules.</param>
/// <param name="Assignee">Who looks after it.</param>
/// <param name="Expires">The last day on which the rule holds; the day after, the differences come back.</param>
public sealed record IgnoreRule(IReadOnlySet<DifferenceKind>? Kinds, string Reason, string Assignee, DateOnly Expires)
{
    /// <summary>True if the rule hides differences of this kind on this day.</summary>
    public bool Hides(DifferenceKind kind, DateOnly today) => today <= Expires && (Kinds is null || Kinds.Contains(kind) || Kinds.Contains(kind.Coarser()));
}
