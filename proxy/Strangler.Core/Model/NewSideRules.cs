namespace Strangler.Core.Model;

/// <summary>The service that replaces a capability.</summary>
/// <param name="Destinations">At least one absolute http or https address without a path.</param>
/// <param name="Timeout">Longest silence while it answers before it counts as failed.</param>
public sealed record NewSideRules(IReadOnlyList<Uri> Destinations, TimeSpan Timeout)
{
    /// <summary>The timeout when the rules name none: 10 seconds.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(10);

    /// <summary>How many requests at once this edge may have there.</summary>
    public ConcurrencyRules Concurrency { get; init; } = ConcurrencyRules.Default;

    /// <summary>The path by which each destination is asked how it is; null for never.</summary>
    public string? Health { get; init; }
}
