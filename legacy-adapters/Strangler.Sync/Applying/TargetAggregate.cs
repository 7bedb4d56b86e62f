using Strangler.Sync.Mapping;
using Strangler.Sync.Reading;

namespace Strangler.Sync.Applying;

/// <summary>An aggregate as the target shall have it.</summary>
/// <param name="Mapping">Its mapping.</param>
/// <param name="Key">Its key in the source, as text.</param>
/// <param name="State">Its rows; null when it shall not exist.</param>
/// <param name="Hash">The hash of its rows; empty when it shall not exist.</param>
internal sealed record TargetAggregate(AggregateMapping Mapping, string Key, TargetRows? State, byte[] Hash)
{
    /// <summary>Its kind and key.</summary>
    public DirtyKey Id => new(Mapping.Entity, Key);
}
