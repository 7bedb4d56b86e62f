namespace Strangler.Core.Model;

/// <summary>Bounds of the concurrency limits, which otherwise find their own value.</summary>
public static class ConcurrencyRules
{
    /// <summary>The most requests at once that a limit allows when the rules name no <c>max-concurrency</c>.</summary>
    public const int DefaultMax = 1000;

    /// <summary>The largest <c>max-concurrency</c>.</summary>
    public const int LargestMax = 100_000;

    /// <summary>The share of legacy's limit, 0 to 1, that one capability may hold when the rules name no <c>bulkhead</c>.</summary>
    public const double DefaultBulkhead = 0.5;
}
