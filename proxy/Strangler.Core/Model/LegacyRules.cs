namespace Strangler.Core.Model;

/// <summary>The monolith's addresses.</summary>
/// <param name="Destinations">At least one absolute http or https address without a path.</param>
/// <param name="Capacity">Requests per second the monolith can still take in all; null when not declared.</param>
public sealed record LegacyRules(IReadOnlyList<Uri> Destinations, int? Capacity)
{
    /// <summary>The most requests at once that this edge ever has there.</summary>
    public int MaxConcurrency { get; init; } = ConcurrencyRules.DefaultMax;
}
