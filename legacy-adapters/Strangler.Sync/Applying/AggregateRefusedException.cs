namespace Strangler.Sync.Applying;

/// <summary>An aggregate of a stream that keeps the order of the source cannot be brought over, so nothing after it can.</summary>
internal sealed class AggregateRefusedException(FailedAggregate failure)
    : Exception($"{failure.Id.Entity} {failure.Id.Key}: {failure.Message}; the stream keeps the order of the source, so it waits until this is corrected.");
