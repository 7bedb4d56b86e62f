using Strangler.Core.Compare;

namespace Strangler.Core.Model;

/// <summary>One business capability: what moves as one.</summary>
/// <param name="Name">Lower-case name, the seed of its buckets.</param>
/// <param name="Team">Who answers for it.</param>
/// <param name="Authority">How its data changes the owner.</param>
/// <param name="New">The service that replaces it.</param>
/// <param name="Operations">Its operations, at least one.</param>
/// <param name="Shadow">How much of its traffic is copied in the stages that copy.</param>
/// <param name="Compare">What is not a difference, or where to look closer.</param>
public sealed record CapabilityRules(
    string Name,
    string? Team,
    Authority Authority,
    NewSideRules New,
    IReadOnlyList<OperationRules> Operations,
    ShadowRules Shadow,
    IReadOnlyList<CompareRule> Compare)
{
    /// <summary>The column, known to both stores and to the edge, by which data has an owner per unit; only for <see cref="Authority.PerUnit"/>.</summary>
    public string? Key { get; init; }

    /// <summary>What must be shown before it goes up; null when the judgement is the operator's alone.</summary>
    public GateRules? Gate { get; init; }

    /// <summary>What it adds to the fallback table.</summary>
    public FallbackRules Fallback { get; init; } = FallbackRules.Default;

    /// <summary>Longest time until an answer has begun, all attempts together; null for no limit but the timeouts.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>When one of its sides is left in peace.</summary>
    public BreakerRules Breaker { get; init; } = BreakerRules.Default;

    /// <summary>Who is shed first when legacy is full.</summary>
    public Priority Priority { get; init; } = Priority.Normal;

    /// <summary>The largest share of legacy's concurrency limit, above 0 to 1, that its requests may hold.</summary>
    public double Bulkhead { get; init; } = ConcurrencyRules.DefaultBulkhead;
}
