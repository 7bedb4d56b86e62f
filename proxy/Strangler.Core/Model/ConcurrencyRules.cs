namespace Strangler.Core.Model;

/// <summary>Bounds of a concurrency limit, which finds its own value between them.</summary>
/// <param name="Min">So many requests at once are always allowed, however slow the answers: 1 or more.</param>
/// <param name="Max">More are never allowed, 1 or more; below <paramref name="Min"/> it is the limit itself.</param>
public sealed record ConcurrencyRules(int Min, int Max)
{
    /// <summary>The largest number of either.</summary>
    public const int Largest = 100_000;

    /// <summary>The share of legacy's limit, 0 to 1, that one capability may hold when the rules name no <c>bulkhead</c>.</summary>
    public const double DefaultBulkhead = 0.8;

    /// <summary>The bounds when the rules name none: 50 to 1000.</summary>
    public static readonly ConcurrencyRules Default = new(50, 1000);
}
