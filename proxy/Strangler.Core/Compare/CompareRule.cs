namespace Strangler.Core.Compare;

/// <summary>One line of a capability's <c>compare</c> list: how the nodes at a path are compared.</summary>
/// <param name="Operation">The operation it holds for, as in the rules (<c>GET /api/search</c>); null for all of the capability.</param>
/// <param name="Path">The nodes it holds for; <see cref="JsonPath.Nowhere"/> for a rule about a header.</param>
/// <param name="MatchBy">For arrays: the fields that tell which items belong together; empty for none.</param>
/// <param name="Unordered">For arrays: the order of the items means nothing.</param>
/// <param name="Shape">For values: only the shape is compared.</param>
/// <param name="Ignore">Differences at or below the path that do not count.</param>
/// <param name="Show">Values at exactly this path may be stored as they are. Without it only a keyed token is.</param>
public sealed record CompareRule(
    string? Operation,
    JsonPath Path,
    IReadOnlyList<string> MatchBy,
    bool Unordered,
    ShapeRule? Shape,
    IgnoreRule? Ignore,
    bool Show)
{
    /// <summary>For numbers, and for texts of numbers: how far apart they may be.</summary>
    public Tolerance? Tolerate { get; init; }

    /// <summary>For values of different types: which of them are taken for equal.</summary>
    public Coercions Coerce { get; init; }

    /// <summary>For texts: they hold JSON, which is compared as such.</summary>
    public bool EmbeddedJson { get; init; }

    /// <summary>The response header the rule is about instead of a path; null for none.</summary>
    public string? Header { get; init; }

    /// <summary>For a header: it is compared although it is one of those that nobody compares.</summary>
    public bool CompareHeader { get; init; }

    /// <summary>Where the rule stands in the capability's list, from 0: what <see cref="Comparison.Hits"/> names.</summary>
    internal int Index { get; init; }
}
