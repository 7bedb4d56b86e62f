namespace Strangler.Core.Compare;

/// <summary>The result of comparing two answers.</summary>
/// <param name="Differences">All differences that no rule ignores, in the order of the legacy answer.</param>
/// <param name="Truncated">True if a limit ended the comparison: there may be more.</param>
public sealed record Comparison(IReadOnlyList<Difference> Differences, bool Truncated)
{
    /// <summary>What was noticed and makes no answer different: <see cref="DifferenceKinds.IsNote"/>.</summary>
    public IReadOnlyList<Difference> Notes { get; init; } = [];

    /// <summary>What tolerances have let pass, by path, with its direction.</summary>
    public IReadOnlyList<Tolerated> Tolerated { get; init; } = [];

    /// <summary>
    /// The rules that had an effect here, by their place in the capability's <c>compare</c> list, from 0 and ascending. An answer of equal
    /// bytes is not read, so that no rule can have one.
    /// </summary>
    public IReadOnlyList<int> Hits { get; init; } = [];

    /// <summary>Keys by which lists could be paired; for a <c>match-by</c> rule that somebody may write.</summary>
    public IReadOnlyList<KeySuggestion> Suggested { get; init; } = [];

    /// <summary>No difference at all.</summary>
    public static Comparison Same { get; } = new([], Truncated: false);

    /// <summary>True if the answers are equal under the rules.</summary>
    public bool IsEqual => Differences.Count == 0;
}
