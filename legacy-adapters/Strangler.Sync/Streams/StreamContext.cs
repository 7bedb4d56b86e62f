using Strangler.Sync.Mapping;
using Strangler.Sync.Reading;
using Strangler.Sync.Reconciling;
using Strangler.Sync.Status;

namespace Strangler.Sync.Streams;

/// <summary>A stream: what the parts that serve it share.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsOrdered">Whether a target transaction always leaves a state that the source had, over all aggregates.</param>
/// <param name="Mappings">What it brings over.</param>
/// <param name="Reader">Reads the source.</param>
/// <param name="Target">Its target.</param>
/// <param name="Status">What is known of it.</param>
/// <param name="Buckets">Told what has been written, so that a comparison need not look at the rest again.</param>
/// <param name="Runtime">Options, measurements, clock and log.</param>
internal sealed record StreamContext(
    string Name,
    bool IsOrdered,
    IReadOnlyList<AggregateMapping> Mappings,
    IAggregateReader Reader,
    TargetPorts Target,
    StreamStatus Status,
    BucketMap Buckets,
    SyncRuntime Runtime)
{
    /// <summary>How many lanes it has.</summary>
    public int Lanes => IsOrdered ? 1 : Runtime.Options.Lanes;

    /// <summary>Aggregates that have failed.</summary>
    public Failing Failing { get; } = new();

    /// <summary>Kinds of aggregates that stand still.</summary>
    public EntityPauses Pauses { get; } = new();

    /// <summary>A mapping by its entity.</summary>
    public AggregateMapping Mapping(string entity) => Mappings.First(mapping => mapping.Entity == entity);
}
