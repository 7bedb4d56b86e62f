namespace Strangler.Core.Compare;

/// <summary>A field that tells the items of a list apart on both sides, and that most of them share.</summary>
/// <param name="Path">The list, as in <see cref="Difference.Path"/>: what <c>path</c> of a rule would be.</param>
/// <param name="Field">The field: what <c>match-by</c> would be.</param>
public sealed record KeySuggestion(string Path, string Field);
