using System.Collections.Immutable;

namespace LegacyShop.Services;

/// <summary>Categories stand in one text column, as people typed them: "Garden, tools,,garden".</summary>
internal static class CategoryText
{
    /// <summary>The categories without blanks, capitals, empties and repetitions; a set, so in no order.</summary>
    public static ImmutableHashSet<string> Parse(string text) =>
        [.. text.Split(',').Select(Normalize).Where(category => category.Length > 0)];

    /// <summary>The form in which two categories are compared.</summary>
    public static string Normalize(string category) => category.Trim().ToLowerInvariant();
}
