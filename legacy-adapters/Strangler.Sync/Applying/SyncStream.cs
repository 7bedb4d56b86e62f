using Strangler.Sync.Mapping;
using Strangler.Sync.Status;

namespace Strangler.Sync.Applying;

/// <summary>A stream from one source to one target.</summary>
/// <param name="Name">Its name.</param>
/// <param name="SlotName">Its slot in the source.</param>
/// <param name="Mappings">What it brings over.</param>
/// <param name="Ports">Its stores.</param>
/// <param name="Status">What is known of it.</param>
internal sealed record SyncStream(
    string Name, string SlotName, IReadOnlyList<AggregateMapping> Mappings, StreamPorts Ports, StreamStatus Status);
