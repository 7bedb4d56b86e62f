using System.Text.RegularExpressions;

namespace Strangler.Demo.Tour;

/// <summary>One request as a backend logged it.</summary>
/// <param name="Start">When it began, by the backend's clock.</param>
/// <param name="Method">The method.</param>
/// <param name="Path">The path without its query.</param>
/// <param name="Status">The answer's status.</param>
/// <param name="UserAgent">Who asked.</param>
/// <param name="IsShadow">Whether it was a shadow copy; only new services log that.</param>
internal sealed partial record AccessEntry(
    DateTimeOffset Start, string Method, string Path, int Status, string UserAgent, bool IsShadow)
{
    /// <summary>Whether a simulated shopper asked, not the edge on its own account and not the tour.</summary>
    public bool IsByShopper => ShopperName().IsMatch(UserAgent);

    /// <summary>Whether it is one of the operations that the capability moves.</summary>
    public bool IsCatalogRead => Method == "GET" && CatalogPath().IsMatch(Path);

    [GeneratedRegex(@"^shopper-\d+$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ShopperName();

    [GeneratedRegex("^/(api|v1)/(products(/[^/]+)?|search)$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex CatalogPath();
}
