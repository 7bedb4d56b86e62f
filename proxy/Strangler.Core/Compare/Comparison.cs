namespace Strangler.Core.Compare;

/// <summary>The result of comparing two answers.</summary>
/// <param name="Differences">All differences that no rule ignores, in the order of the legacy answer.</param>
/// <param name="Truncated">True if there were more than <see cref="Comparer.MaxDifferences"/>.</param>
public sealed record Comparison(IReadOnlyList<Difference> Differences, bool Truncated)
{
    /// <summary>No difference at all.</summary>
    public static Comparison Same { get; } = new([], Truncated: false);

    /// <summary>True if the answers are equal under the rules.</summary>
    public bool IsEqual => Differences.Count == 0;
}
