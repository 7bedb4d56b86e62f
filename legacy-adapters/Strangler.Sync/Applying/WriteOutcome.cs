namespace Strangler.Sync.Applying;

/// <summary>What a write did.</summary>
/// <param name="Written">Aggregates written or deleted.</param>
/// <param name="Equal">Aggregates left alone, as the target had them already.</param>
/// <param name="Failed">Aggregates that failed; they are noted and tried again later.</param>
internal sealed record WriteOutcome(int Written, int Equal, IReadOnlyList<FailedAggregate> Failed);
