namespace Strangler.Core.Model;

/// <summary>The monolith's addresses.</summary>
/// <param name="Destinations">At least one absolute http or https address without a path.</param>
/// <param name="Capacity">Requests per second the monolith can still take in all; null when not declared.</param>
public sealed record LegacyRules(IReadOnlyList<Uri> Destinations, int? Capacity)
{
    /// <summary>How many requests at once this edge may have there.</summary>
    public ConcurrencyRules Concurrency { get; init; } = ConcurrencyRules.Default;
}
