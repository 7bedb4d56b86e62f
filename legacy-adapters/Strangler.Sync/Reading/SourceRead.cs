namespace Strangler.Sync.Reading;

/// <summary>Aggregates, all as one snapshot of the source shows them.</summary>
/// <param name="Aggregates">The aggregates.</param>
/// <param name="Seen">Every transaction that the snapshot shows ended before this position.</param>
internal sealed record SourceRead(IReadOnlyList<SourceAggregate> Aggregates, Lsn Seen);
