using Strangler.Sync.Mapping;

namespace Strangler.Sync.Reading;

/// <summary>An aggregate as the source has it now.</summary>
/// <param name="Mapping">Its mapping.</param>
/// <param name="Key">Its key, as text.</param>
/// <param name="Rows">Its rows; without a root row it does not exist any more.</param>
internal sealed record SourceAggregate(AggregateMapping Mapping, string Key, SourceRows Rows);
