namespace Strangler.Core.Compare;

/// <summary>How much of two answers a comparison reads and reports, so that no answer can cost more than this.</summary>
public sealed record CompareLimits
{
    /// <summary>JSON that is nested more deeply is a parse failure; at least 1, 64 by default.</summary>
    public int MaxDepth { get; init; } = Comparer.MaxDepth;

    /// <summary>
    /// The most values (scalars, arrays and objects) of one body, and lines, form fields and HTML nodes; 65,536 by default, which holds 20,000
    /// items of two fields and takes some 3 MB of pooled memory on each side. Bodies with more are equal only byte by byte:
    /// otherwise the comparison is one <c>beyond-limit</c> and truncated.
    /// </summary>
    public int MaxTokens { get; init; } = 65_536;

    /// <summary>The most differences, and the most notes, that are reported; 200 by default.</summary>
    public int MaxDifferences { get; init; } = Comparer.MaxDifferences;
}
